import type { ClusterPort } from '../cluster-port.ts';
import type { ApiAnswer } from '../lifecycle/api-failure.ts';
import { clusterGoneEnd, ignoredEnd, noNodeEnd } from '../lifecycle/ends.ts';
import { metadataOf } from '../lifecycle/hook-options.ts';
import { type ClusterName, nameCluster } from '../lifecycle/name-cluster.ts';
import type { NodeView } from '../lifecycle/node.ts';
import { noteEntry } from '../lifecycle/report-draft.ts';
import type { GroupView, HookView } from '../ports.ts';
import type { Session, Turn } from './session.ts';
import { inTrouble, readTrouble } from './trouble.ts';

export type ResolvedNode = { turn: Turn } | { cluster: ClusterPort; node: NodeView };

/** Between the two looks that must both find no Node. */
const confirmSeconds = 10;

/** The cluster of the group, or the end that its absence means. */
export async function resolveCluster(
  session: Session,
  group: GroupView | undefined,
  hook: HookView | undefined,
): Promise<{ turn: Turn } | { cluster: ClusterPort }> {
  const { state, ports, report, limit } = session;
  const named = nameOf(session, group, hook);
  if ('problem' in named) return { turn: { end: ignoredEnd(named.problem, named.text, true) } };
  const lookup = await ports.clusters.open(named.name, limit.signal);
  if (lookup.found === 'gone') return { turn: { end: clusterGoneEnd(named.name) } };
  state.clusterName = named.name;
  report.cluster = named.name;
  session.vpcId = lookup.vpcId;
  return { cluster: lookup.cluster };
}

function nameOf(
  { input: { action }, settings }: Session,
  group: GroupView | undefined,
  hook: HookView | undefined,
): ClusterName {
  if (action.kind === 'manual') return { name: action.cluster, from: 'setting' };
  const metadata = metadataOf(action, hook);
  const { name = '', tags = {} } = group ?? {};
  return nameCluster({ groupName: name, metadata, tags, setting: settings.clusterName });
}

/** Step 2: the Node of the instance, by provider ID and never by host name. */
export async function resolveNode(session: Session, cluster: ClusterPort): Promise<ResolvedNode> {
  const { input, state, ports, report, limit } = session;
  const { instanceId } = input.action;
  const found = await findNode(session, cluster);
  if (!found.ok)
    return {
      turn: inTrouble(session, readTrouble(found.failure), `looking for the Node of ${instanceId}`, found.failure),
    };
  const node = found.value;
  if (!node) {
    state.noNodeLooks += 1;
    state.nodeName = null;
    if (state.noNodeLooks >= 2 || input.action.kind === 'manual') return { turn: { end: noNodeEnd(instanceId) } };
    return {
      turn: { again: confirmSeconds, phase: 'resolving', text: `no Node of ${instanceId} yet: looking once more` },
    };
  }
  state.noNodeLooks = 0;
  if (report.node === undefined) noteEntry(report, 'resolved', `${instanceId} is Node ${node.name}`, ports.clock.now());
  state.nodeName = node.name;
  report.node = node.name;
  session.instanceGone = node.ready !== 'True' && (await isInstanceGone(session));
  return { cluster, node };

  /** By name once it is known: a list of a large cluster's nodes is read once. */
  async function findNode({ state }: Session, { getNode, findNodes }: ClusterPort) {
    if (state.nodeName !== null) {
      const known = await getNode(state.nodeName, limit.signal);
      if (known.ok && known.value.providerId?.endsWith(`/${instanceId}`)) return known;
      if (!known.ok && known.failure.code !== 404) return known;
    }
    if (input.action.kind === 'manual') return named(await getNode(input.action.node, limit.signal));
    const nodes = await findNodes(instanceId, limit.signal);
    if (!nodes.ok) return nodes;
    const [first] = nodes.value.toSorted((a, b) => Number(b.ready === 'True') - Number(a.ready === 'True'));
    return { ok: true as const, value: first };
  }

  /** Names are given again: the instance, where there is one, must be the one that was meant. */
  function named(answer: ApiAnswer<NodeView>): ApiAnswer<NodeView | undefined> {
    if (!answer.ok) return answer.failure.code === 404 ? { ok: true, value: undefined } : answer;
    const isMeant = !isInstanceId(instanceId) || answer.value.providerId?.endsWith(`/${instanceId}`);
    return { ok: true, value: isMeant ? answer.value : undefined };
  }
}

function isInstanceId(text: string): boolean {
  return /^i-[0-9a-f]+$/.test(text);
}

/** EC2's word is only asked for when the kubelet's is missing, and a failure to ask changes nothing. */
async function isInstanceGone({ ports, input, limit }: Session): Promise<boolean> {
  if (!isInstanceId(input.action.instanceId)) return false;
  try {
    const state = await ports.compute.instanceState(input.action.instanceId, limit.signal);
    return state === undefined || !['pending', 'running'].includes(state);
  } catch (error) {
    limit.signal.throwIfAborted();
    ports.log.warn('instance state unknown', { instance: input.action.instanceId, error: String(error) });
    return false;
  }
}
