import type { JudgedPod } from '../lifecycle/decide.ts';
import { workloadOf } from '../lifecycle/workload.ts';
import type { Floor } from './floor.ts';
import { lookAtSurges } from './look-at-surges.ts';
import type { Session } from './session.ts';
import { type Surge, surgeKeyOf } from './surges.ts';

const lookMilliseconds = 5_000;

/**
 * `surgeSingletons`: a pod whose Deployment starts another one first is not evicted meanwhile. Which they are is looked up beside the
 * evictions of the others.
 */
export function holdSurging(session: Session, floor: Floor, judged: readonly JudgedPod[]): readonly JudgedPod[] {
  if (!session.settings.policy.surgeSingletons) return judged;
  const groups = groupsOf(judged);
  startLook(session, floor, groups);
  return judged.map((one) => {
    const key = surgeKeyOf(one.pod) ?? '';
    const surge = groups.has(key) ? floor.surges.get(key) : undefined;
    if (!surge || surge.turn.do === 'evict' || !mayGo(one)) return one;
    const reason = `its Deployment ${surge.deployment.name} starts another pod first`;
    return { ...one, verdict: { kind: 'wait', code: 'surging', reason } };
  });
}

/** By Deployment, where all that are not on their way out may go: a restart would take down the others, too. */
function groupsOf(judged: readonly JudgedPod[]): Map<string, JudgedPod[]> {
  const groups = new Map<string, JudgedPod[]>();
  for (const one of judged) {
    const key = surgeKeyOf(one.pod);
    if (key === undefined || one.pod.deletionAt !== undefined || one.verdict.kind === 'ignore') continue;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  for (const [key, pods] of groups) if (!pods.every(mayGo) || !pods.some(({ pod }) => pod.ready)) groups.delete(key);
  return groups;
}

function mayGo({ pod, verdict }: JudgedPod): boolean {
  return verdict.kind === 'evict' && pod.deletionAt === undefined;
}

function startLook(session: Session, floor: Floor, groups: ReadonlyMap<string, JudgedPod[]>): void {
  const now = session.ports.clock.now();
  const due: { surge: Surge; pods: JudgedPod[] }[] = [];
  for (const [key, pods] of groups) {
    const deployment = pods[0] && workloadOf(pods[0].pod);
    if (!deployment) continue;
    const surge = floor.surges.get(key) ?? newSurge(deployment);
    floor.surges.set(key, surge);
    if (surge.looking || surge.turn.do === 'evict' || now - surge.lookedAt < lookMilliseconds) continue;
    surge.looking = true;
    due.push({ surge, pods });
  }
  if (due.length === 0) return;
  const running = lookAtSurges(session, floor, due)
    .catch((error: unknown) => void floor.failures.push(error))
    .finally(() => {
      for (const { surge } of due) surge.looking = false;
      floor.underWay.delete(running);
      floor.wake.notify();
    });
  floor.underWay.add(running);
}

function newSurge(deployment: Surge['deployment']): Surge {
  return { deployment, turn: { do: 'look' }, lookedAt: 0, looking: false, failures: 0, sentAt: undefined };
}
