import type { JudgedPod } from '../lifecycle/decide.ts';
import { drainId, type Session } from './session.ts';

/** A line for each pod that is new and for each verdict that changed, so that the plan can be read while the drain goes on. */
export function tellVerdicts({ ports, input, report }: Session, judged: readonly JudgedPod[]): void {
  const told = new Map(report.pods.map(({ uid, code }) => [uid, code]));
  for (const { pod, verdict } of judged) {
    const { kind, code, reason } = verdict;
    const before = told.get(pod.uid);
    // On its way out already: the lines of its eviction and its end say so.
    const leaving = code === 'terminating' || kind === 'ignore';
    if (before === code || (before !== undefined && leaving)) continue;
    const name = `${pod.namespace}/${pod.name}`;
    ports.log.info('pod judged', { drain: drainId(input), pod: name, verdict: kind, code, reason });
  }
}
