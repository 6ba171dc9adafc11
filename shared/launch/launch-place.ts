import type { ClusterPort } from '../cluster-port.ts';
import { deadlineOf } from '../lifecycle/deadline.ts';
import type { NodeTemplate } from '../lifecycle/launch-template.ts';
import { readTemplate } from '../lifecycle/launch-template.ts';
import { nextLookSeconds } from '../lifecycle/next-look.ts';
import type { LaunchSession, LaunchTurn } from './launch-session.ts';
import type { LaunchUnderWay } from './verify.ts';

/** Where a launch takes place. */
export interface LaunchPlace extends LaunchUnderWay {
  cluster: ClusterPort;
  clusterName: string;
  template: NodeTemplate;
  /** Epoch milliseconds: then it is given up. */
  deadlineAt: number;
}

export function placeOf(
  { state, settings }: LaunchSession,
  underWay: LaunchUnderWay,
  opened: Pick<LaunchPlace, 'cluster' | 'clusterName'>,
): LaunchPlace {
  const { globalTimeoutSeconds } = underWay.hook;
  const clock = { startedAt: state.startedAt, globalTimeoutSeconds, soonerAt: undefined, policy: settings.policy };
  return { ...underWay, ...opened, template: readTemplate(underWay.group.tags), deadlineAt: deadlineOf(clock) };
}

/** Capacity is waited for: no pause is longer. */
const mostSeconds = 30;

/** Notes what is missing, of which a change is progress, and comes again for it. */
export function comeAgain(
  { state, ports }: LaunchSession,
  { deadlineAt }: Pick<LaunchPlace, 'deadlineAt'>,
  missing: string,
): LaunchTurn {
  const now = ports.clock.now();
  noteMissing(state, missing, now);
  const again = Math.min(mostSeconds, nextLookSeconds(state.progressAt, [deadlineAt], now));
  return { again, phase: state.nodeName === null ? 'resolving' : 'waiting-for-ready', text: missing };
}

/** Was it something else before? */
export function noteMissing(state: LaunchSession['state'], missing: string, now: number): boolean {
  if (state.missing === missing) return false;
  state.missing = missing;
  state.progressAt = now;
  return true;
}
