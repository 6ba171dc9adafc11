import type { ClusterPort } from '../cluster-port.ts';
import { budgetKey } from '../lifecycle/attempt.ts';
import type { BudgetView } from '../lifecycle/node.ts';
import type { PodView } from '../lifecycle/pod.ts';
import { type Ledger, openLedger, wakeByBudgets } from './eviction-ledger.ts';
import { type Followed, follow } from './follow.ts';
import type { MarkedNode } from './mark-node.ts';
import type { FactBook } from './pod-facts.ts';
import type { Session } from './session.ts';
import { openSurges, type Surges } from './surges.ts';
import { createWake, type Wake } from './wake.ts';

/** Where a drain takes place. */
export interface DrainPlace {
  cluster: ClusterPort;
  /** As it was when we last looked. */
  marked: MarkedNode;
  facts: FactBook;
  /** Evictions that this drain may have in flight. */
  share: number;
  /** Nodes of the cluster that are being drained, this one included. */
  drains: number;
}

/** What the eviction loop works on while it runs: live lists of pods and budgets, and the requests under way. */
export interface Floor {
  place: DrainPlace;
  pods: Followed<PodView>;
  budgets: Followed<BudgetView>;
  ledger: Ledger;
  wake: Wake;
  underWay: Set<Promise<void>>;
  /** What a request under way threw: the loop throws it on. */
  failures: unknown[];
  surges: Surges;
  /** When a pod that the drain waits for last changed, epoch milliseconds, and how those pods looked. */
  changed: { at: number; looks: string };
}

export async function openFloor(session: Session, place: DrainPlace): Promise<Floor> {
  const { ports, limit } = session;
  const { cluster, marked } = place;
  const wake = createWake();
  const ledger = openLedger(place.share);
  const budgets: Followed<BudgetView> = await follow<BudgetView>(
    {
      list: (until) => cluster.listBudgets(until),
      watch: (version, until) => cluster.watchBudgets(version, until),
      key: budgetKey,
      onChange() {
        wakeByBudgets(ledger, budgets.items(), ports.clock.now());
        wake.notify();
      },
      onClosed: (reason) => ports.log.warn('watch closed', { of: 'budgets', reason }),
    },
    ports,
    limit.signal,
  );
  try {
    const pods = await follow<PodView>(
      {
        list: (until) => cluster.listPods(marked.node.name, until),
        watch: (version, until) => cluster.watchPods(marked.node.name, version, until),
        key: ({ uid }) => uid,
        onChange: () => wake.notify(),
        onClosed: (reason) => ports.log.warn('watch closed', { of: 'pods', reason }),
      },
      ports,
      limit.signal,
    );
    const changed = { at: ports.clock.now(), looks: '' };
    return { place, pods, budgets, ledger, wake, underWay: new Set(), failures: [], surges: openSurges(), changed };
  } catch (error) {
    await budgets.close();
    throw error;
  }
}

/** Waits for the requests under way: what they did must be noted. */
export async function closeFloor(floor: Floor): Promise<void> {
  await Promise.all(floor.underWay);
  await Promise.all([floor.pods.close(), floor.budgets.close()]);
}

/** Throws what failed behind the loop's back. */
export function throwFailures({ failures, pods, budgets, place }: Floor): void {
  const cause = failures[0] ?? pods.crash() ?? budgets.crash();
  if (cause !== undefined) throw new Error(`evicting the pods of ${place.marked.node.name}`, { cause });
}

/** Notes whether the pods that the drain waits for look different from before. */
export function noteChange(floor: Floor, left: readonly PodView[], now: number): void {
  const looks = left.map(({ uid, deletionAt, ready, phase }) => `${uid} ${deletionAt} ${ready} ${phase}`).join();
  if (looks !== floor.changed.looks) floor.changed = { at: now, looks };
}
