import type { ClusterPort } from '../cluster-port.ts';
import { describeCauses } from '../lifecycle/causes.ts';
import { diagnose } from '../lifecycle/diagnosis.ts';
import { blockedEnd } from '../lifecycle/ends.ts';
import type { NodeView } from '../lifecycle/node.ts';
import { noteStuck } from './explain-left.ts';
import { judge } from './judge.ts';
import { noteProgress } from './note-progress.ts';
import type { FactBook } from './pod-facts.ts';
import type { Session, Turn } from './session.ts';
import { inTrouble, readTrouble } from './trouble.ts';

/**
 * A manual drain that a pod blocks is refused before the node is marked: a cordon and a node out of its load balancers are not the
 * price of an answer. undefined: nothing stands in the way.
 */
export async function refuse(
  session: Session,
  { cluster, node, facts }: { cluster: ClusterPort; node: NodeView; facts: FactBook },
): Promise<Turn | undefined> {
  const { ports, settings, state, limit } = session;
  if (settings.policy.mode === 'hook') return undefined;
  const pods = await cluster.listPods(node.name, limit.signal);
  if (!pods.ok) return inTrouble(session, readTrouble(pods.failure), `listing the pods of ${node.name}`, pods.failure);
  const cordonedAt = state.cordonedAt ?? Number.POSITIVE_INFINITY; // not yet: nothing bounces
  const judged = await judge(session, { marked: { node, cordonedAt }, facts }, pods.value.items);
  noteProgress(session, judged, ports.clock.now());
  const blocked = judged.filter(({ verdict }) => verdict.kind === 'block');
  if (blocked.length === 0) return undefined;
  const causes = blocked.map(({ pod, verdict: { code, reason } }) => ({ pod, cause: { code, text: reason } }));
  noteStuck(session, diagnose(causes, { budgets: [], neighbours: [] }));
  return { end: blockedEnd(describeCauses(causes)) };
}
