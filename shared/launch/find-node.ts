import type { ApiAnswer } from '../lifecycle/api-failure.ts';
import type { NodeView } from '../lifecycle/node.ts';
import type { LaunchPlace } from './launch-place.ts';
import type { InstanceView } from './launch-ports.ts';
import type { LaunchSession } from './launch-session.ts';
import { tried } from './tried.ts';

/**
 * The Node of the instance, by provider ID: by its name once it is known and ready, so that a list of a large cluster is read once a tick at
 * most. Of two Nodes of one instance, which a changed host name leaves behind, the ready one counts.
 */
export async function findNode(
  { input, state, limit }: LaunchSession,
  { cluster }: Pick<LaunchPlace, 'cluster'>,
): Promise<ApiAnswer<NodeView | undefined>> {
  const { instanceId } = input.action;
  if (state.nodeName !== null) {
    const known = await cluster.getNode(state.nodeName, limit.signal);
    if (known.ok && isOf(known.value, instanceId) && known.value.ready === 'True') return known;
    if (!known.ok && known.failure.code !== 404) return known;
  }
  const nodes = await cluster.findNodes(instanceId, limit.signal);
  if (!nodes.ok) return nodes;
  const [best] = nodes.value.toSorted((a, b) => Number(b.ready === 'True') - Number(a.ready === 'True'));
  state.nodeName = best?.name ?? null;
  return { ok: true, value: best };
}

export function isOf({ providerId }: NodeView, instanceId: string): boolean {
  return providerId?.split('/').at(-1) === instanceId;
}

/** EC2's word on the instance; `unknown` when it cannot be asked, which keeps nobody from becoming ready. */
export async function lookAtInstance(session: LaunchSession): Promise<InstanceView | 'unknown' | undefined> {
  const { instanceId } = session.input.action;
  return tried(session, 'instance', (signal) => session.ports.diagnosis.instance(instanceId, signal));
}
