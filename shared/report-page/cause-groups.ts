import type { DrainReport } from '../lifecycle/report.ts';
import { secondsBetween } from './instants.ts';

/** Pods that the same thing held. Seconds count from the drain's start. */
export interface CauseGroup {
  code: string;
  text: string;
  pods: string[];
  times: number;
  first: number | undefined;
  last: number | undefined;
}

/** What held most pods first. */
export function causeGroups({ pods, startedAt }: Pick<DrainReport, 'pods' | 'startedAt'>): CauseGroup[] {
  const groups = new Map<string, CauseGroup>();
  for (const pod of pods) {
    for (const { code, text, firstAt, lastAt, times } of pod.causes) {
      const key = JSON.stringify([code, text]);
      const none = { code, text, pods: [], times: 0, first: undefined, last: undefined };
      const group: CauseGroup = groups.get(key) ?? none;
      groups.set(key, group);
      group.pods.push(`${pod.namespace}/${pod.name}`);
      group.times += times;
      group.first = lesser(group.first, secondsBetween(startedAt, firstAt));
      group.last = greater(group.last, secondsBetween(startedAt, lastAt));
    }
  }
  return [...groups.values()].sort((a, b) => b.pods.length - a.pods.length || (a.first ?? 0) - (b.first ?? 0));
}

function lesser(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function greater(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}
