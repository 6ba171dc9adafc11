import { describe, expect, it } from 'vitest';
import { classifyPod, type PodFacts } from '../../../shared/lifecycle/classify-pod.ts';
import type { PodView } from '../../../shared/lifecycle/pod.ts';
import type { DrainPolicy } from '../../../shared/lifecycle/policy.ts';
import type { Verdict } from '../../../shared/lifecycle/verdict.ts';
import { aManualPolicy, aPod, aPolicy, now, someFacts } from './builders.ts';

/** One row of the policy's table of verdicts: its number and words, and what is said of such a pod; undefined: not looked at. */
export type VerdictRow = [
  pod: string,
  verdicts: { hook?: string; manual?: string },
  view?: Partial<PodView>,
  beyond?: { facts?: Partial<PodFacts>; policy?: Partial<DrainPolicy> },
];

export const both = (verdict: string) => ({ hook: verdict, manual: verdict });

export const annotated = (key: string, value: string): Partial<PodView> => ({ annotations: { [key]: value } });
export const labelled = (key: string, value: string): Partial<PodView> => ({ labels: { [key]: value } });

export function sayVerdict({ kind, code, warning }: Verdict): string {
  return `${kind} ${code}${warning ? ', warned' : ''}`;
}

export function describeVerdicts(rows: readonly VerdictRow[]): void {
  const cases = (mode: 'hook' | 'manual') =>
    rows.flatMap(([row, { [mode]: said }, view, beyond]) => (said ? [[row, said, view, beyond] as const] : []));

  describe('when the instance is going away whatever happens', () => {
    it.each(cases('hook'))('row %s → %s', (_row, said, view, beyond) => {
      const policy = aPolicy(beyond?.policy);
      expect(sayVerdict(classifyPod(aPod(view), someFacts(beyond?.facts), policy, now))).toBe(said);
    });
  });
  describe('when someone asked for the drain', () => {
    it.each(cases('manual'))('row %s → %s', (_row, said, view, beyond) => {
      const policy = aManualPolicy(beyond?.policy);
      expect(sayVerdict(classifyPod(aPod(view), someFacts(beyond?.facts), policy, now))).toBe(said);
    });
  });
}
