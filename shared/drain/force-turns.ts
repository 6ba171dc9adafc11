import type { ClusterPort, LeaseView } from '../cluster-port.ts';
import type { ApiFailure } from '../lifecycle/api-failure.ts';
import { type ForceTurn, isTurnOver, readTurn, turnAnnotations, turnMilliseconds } from '../lifecycle/force-turn.ts';
import type { BudgetView } from '../lifecycle/node.ts';
import type { PodView } from '../lifecycle/pod.ts';
import type { Clock } from '../ports.ts';
import type { ForceOutcome } from './force-pod.ts';

/** A budget's Lease that we hold. */
export interface Turn {
  kind: 'taken';
  lease: LeaseView;
}

type NoTurn = Extract<ForceOutcome, { kind: 'not-its-turn' | 'refused' }>;
type Ports = { cluster: ClusterPort; clock: Clock };

/** Whose turn it is shows when the Lease is read again. */
const askAgainMilliseconds = 10_000;

/** Takes the budget's turn for a pod, renews it if it has it already, or says who has it. */
export async function takeTurn(
  pod: PodView,
  budget: BudgetView,
  drain: string,
  ports: Ports,
  signal: AbortSignal,
): Promise<Turn | NoTurn> {
  const { cluster, clock } = ports;
  const name = `pdb-${budget.uid}`;
  const now = clock.now();
  const mine = {
    podUid: pod.uid,
    namespace: pod.namespace,
    name: pod.name,
    healthyBefore: budget.currentHealthy,
    at: now,
  };
  const draft = draftOf(name, drain, mine, now);
  const found = await cluster.getLease(name, signal);
  if (!found.ok && found.failure.code !== 404) return unanswered(found.failure, now);
  if (!found.ok) {
    const created = await cluster.createLease(draft, signal);
    return created.ok ? { kind: 'taken', lease: created.value } : unanswered(created.failure, now);
  }
  const before = readTurn(found.value.annotations, found.value.renewedAt);
  const isMine = before?.podUid === pod.uid && found.value.holder === drain;
  if (before && !isMine && !(await isOver(before, budget, now, ports, signal))) {
    const text = `${before.namespace}/${before.name} was deleted past the budget ${budget.name} and is not replaced yet`;
    return { kind: 'not-its-turn', until: before.at + turnMilliseconds, text };
  }
  // It may be gone already, and what is healthy now is what it left; or it is still there, and others have become ready since.
  const healthyBefore = Math.max(budget.currentHealthy, before && isMine ? before.healthyBefore : 0);
  const kept = draftOf(name, drain, { ...mine, healthyBefore }, now);
  const updated = await cluster.updateLease({ ...kept, resourceVersion: found.value.resourceVersion }, signal);
  return updated.ok ? { kind: 'taken', lease: updated.value } : unanswered(updated.failure, now);
}

/** After a delete that did not take: nobody is to wait for a pod that was never deleted. A turn that stays ends by itself. */
export async function giveTurnBack(
  { lease }: Turn,
  drain: string,
  { cluster, clock }: Ports,
  signal: AbortSignal,
): Promise<void> {
  const draft = draftOf(lease.name, drain, undefined, clock.now());
  await cluster.updateLease({ ...draft, resourceVersion: lease.resourceVersion }, signal);
}

function draftOf(name: string, holder: string, turn: ForceTurn | undefined, now: number) {
  const annotations = turn ? turnAnnotations(turn) : {};
  return { name, holder, durationSeconds: turnMilliseconds / 1000, renewedAt: now, annotations };
}

async function isOver(
  turn: ForceTurn,
  budget: BudgetView,
  now: number,
  { cluster }: Ports,
  signal: AbortSignal,
): Promise<boolean> {
  if (isTurnOver(turn, false, budget, now)) return true;
  const look = await cluster.getPod(turn, signal);
  const gone = look.ok ? look.value.uid !== turn.podUid : look.failure.code === 404;
  return isTurnOver(turn, gone, budget, now);
}

/** Somebody was faster (409), or the Lease cannot be had: another try soon, within the drain's own time. */
function unanswered(failure: ApiFailure, now: number): NoTurn {
  if (failure.code === 409)
    return { kind: 'not-its-turn', until: now + askAgainMilliseconds, text: 'another drain took the turn' };
  return { kind: 'refused', text: `the turn could not be taken: ${failure.message}` };
}
