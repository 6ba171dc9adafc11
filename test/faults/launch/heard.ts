import type { Node, Pod } from '../../../sandbox/cluster/objects.ts';
import type { KubeRequest, KubeWatchFrame } from '../../../shared/adapters/kube-transport.ts';
import type { Answered } from '../journal.ts';
import { instanceId, nodeName } from './manifests.ts';
import type { LaunchTick } from './world.ts';

/** What a tick knows of its node by the answers that it had, and by nothing else. */
export interface Heard {
  nodes: Map<string, Node>;
  pods: Map<string, Pod>;
  /** By name, the UID of a required DaemonSet that exists. */
  sets: Map<string, string>;
  /** When what it knew was last no ready node, after it had been one; epoch milliseconds. */
  unreadyAt: number | undefined;
  wasReady: boolean;
}

export function nothingHeard(): Heard {
  return { nodes: new Map(), pods: new Map(), sets: new Map(), unreadyAt: undefined, wasReady: false };
}

export function hearAnswer({ tick, request, response, at }: Answered<LaunchTick>): void {
  if (!response) return;
  const { knows } = tick;
  const { path, query = {} } = request;
  const [, set] = /\/daemonsets\/(.+)$/.exec(path) ?? [];
  const [, name] = /\/nodes\/([^/]+)$/.exec(path) ?? [];
  const isThere = response.status < 300;
  const items = isThere ? ((response.body as { items?: unknown[] }).items ?? []) : [];
  if (set && isThere) knows.sets.set(set, (response.body as Node).metadata.uid);
  if (name && isThere) knows.nodes.set(name, response.body as Node);
  if (name && response.status === 404) knows.nodes.delete(name);
  if (/\/nodes$/.test(path) && isThere) {
    if (!query.fieldSelector) knows.nodes.clear();
    else knows.nodes.delete(nodeName);
    for (const node of items as Node[]) knows.nodes.set(node.metadata.name, node);
  }
  if (/\/pods$/.test(path) && isThere) {
    knows.pods.clear();
    for (const pod of items as Pod[]) knows.pods.set(pod.metadata.uid, pod);
  }
  judge(tick, at);
}

export function hearFrame(
  tick: LaunchTick,
  { path }: Pick<KubeRequest, 'path'>,
  { type, object }: KubeWatchFrame,
  at: number,
): void {
  if (type === 'BOOKMARK' || type === 'ERROR') return;
  const { nodes, pods } = tick.knows;
  const { metadata } = object as Node;
  if (/\/nodes$/.test(path))
    type === 'DELETED' ? nodes.delete(metadata.name) : nodes.set(metadata.name, object as Node);
  else type === 'DELETED' ? pods.delete(metadata.uid) : pods.set(metadata.uid, object as Pod);
  judge(tick, at);
}

function judge({ knows }: LaunchTick, at: number): void {
  const isReady = readyNode(knows) !== undefined;
  if (knows.wasReady && !isReady) knows.unreadyAt = at;
  knows.wasReady = isReady;
}

/** The node of the instance, Ready, with a ready pod of each DaemonSet. */
export function readyNode({ nodes, pods, sets }: Heard): Node | undefined {
  const node = [...nodes.values()].find((each) => isOurs(each) && isReady(each));
  const served = [...sets.values()].every((uid) => [...pods.values()].some((pod) => isOf(pod, uid) && isReady(pod)));
  return node && served ? node : undefined;
}

export function isOurs({ spec }: Node): boolean {
  return spec.providerID?.split('/').at(-1) === instanceId;
}

function isReady({ status }: Node | Pod): boolean {
  return status.conditions?.find(({ type }) => type === 'Ready')?.status === 'True';
}

function isOf({ metadata }: Pod, uid: string): boolean {
  return (
    metadata.deletionTimestamp === undefined && (metadata.ownerReferences ?? []).some((owner) => owner.uid === uid)
  );
}
