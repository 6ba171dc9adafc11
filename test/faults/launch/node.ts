import type { Node } from '../../../sandbox/cluster/objects.ts';
import type { Served } from '../journal.ts';
import { readMark } from '../marks.ts';
import { isOurs, readyNode } from './heard.ts';
import { excludeLabel, startUpTaint } from './scenario.ts';
import type { LaunchTick, LaunchWorld } from './world.ts';

const ourAnnotations = ['drain', 'stop', 'deadline'].map((name) => `eks-node-lifecycle.io/${name}`);
const claimMilliseconds = 600_000;

/** Does the node carry what the drain of a life before left, and no drain that is alive, or younger than the launch? */
export function isUndoable({ scenario, clock }: LaunchWorld, node: Node, launchedAt: number): boolean {
  const mark = readMark(node);
  if (!mark || scenario.way !== 'out-of-pool') return false;
  const tolerance = 2 * scenario.skewMilliseconds;
  const isDead = mark.ended !== undefined || clock.now() - Date.parse(mark.seenAt) >= claimMilliseconds - tolerance;
  return isDead && Date.parse(mark.startedAt) < launchedAt + tolerance;
}

/** A launch changes its own node, once that is ready, and of it what tags, start-up taint and old marks ask for: all else is as it was. */
export function nodePatchIsLawful(world: LaunchWorld, served: Served<LaunchTick>): void {
  const { resource, verb, before, response, tick, at, request } = served;
  if (resource !== 'nodes' || verb !== 'patch' || response.status >= 300) return;
  const violate = (invariant: string, text: string) => world.journal.violate(invariant, at, `${tick.name}: ${text}`);
  const was = before as Node;
  const is = response.body as Node;
  const { metadata } = request.body as { metadata?: { resourceVersion?: string } };
  if (!metadata?.resourceVersion) violate('no lost update', 'a patch without resourceVersion');
  if (!isOurs(was)) violate('no other node', `patches ${was.metadata.name} of ${was.spec.providerID}`);
  if (!readyNode(tick.knows) && tick.knows.unreadyAt === undefined)
    violate('nothing unready is let in', 'the node was never seen ready');
  for (const text of foreignChanges(world, was, is)) violate('only our marks, tags and taint', text);
}

function foreignChanges(world: LaunchWorld, was: Node, is: Node): string[] {
  const { scenario } = world;
  // A tick that knows of none before it takes its own start for that of the launch.
  const undoes = isUndoable(world, was, world.freshAt);
  const { ours = { label: false, cordon: false } } = readMark(was) ?? {};
  const labels = changes(was.metadata.labels, is.metadata.labels).filter(
    ([key, , to]) =>
      (scenario.labels[key] !== to || to === undefined) && !(key === excludeLabel && !to && undoes && ours.label),
  );
  const annotations = changes(was.metadata.annotations, is.metadata.annotations).filter(
    ([key, , to]) => !(ourAnnotations.includes(key) && to === undefined && undoes),
  );
  const taints = changes(taintsOf(was), taintsOf(is)).filter(([taint, , to]) => {
    const [key, effect] = taint.split(':');
    if (key === startUpTaint.key) return to !== undefined || scenario.way === 'to-pool';
    const given = scenario.taints.find((each) => each.key === key && each.effect === effect);
    return !given || sorted(given) !== to;
  });
  const opens = was.spec.unschedulable && !is.spec.unschedulable && !(undoes && ours.cordon);
  const closes = !was.spec.unschedulable && is.spec.unschedulable;
  return [
    ...[...labels, ...annotations, ...taints].map(([key, from, to]) => `${key}: ${from} to ${to}`),
    ...(opens || closes ? ['the cordon'] : []),
    ...(rest(was) === rest(is) ? [] : [`${rest(was)} to ${rest(is)}`]),
  ];
}

type Change = [key: string, from: string | undefined, to: string | undefined];

function changes(was: Record<string, string> = {}, is: Record<string, string> = {}): Change[] {
  const keys = new Set([...Object.keys(was), ...Object.keys(is)]);
  return [...keys].map((key): Change => [key, was[key], is[key]]).filter(([, from, to]) => from !== to);
}

function taintsOf({ spec: { taints = [] } }: Node): Record<string, string> {
  return Object.fromEntries(taints.map((taint) => [`${taint.key}:${taint.effect}`, sorted(taint)]));
}

function sorted(taint: object): string {
  return JSON.stringify(Object.fromEntries(Object.entries(taint).sort()));
}

function rest({ metadata, spec, status }: Node): string {
  const { resourceVersion: _, generation: _generation, labels: _labels, annotations: _annotations, ...kept } = metadata;
  const { unschedulable: _unschedulable, taints: _taints, ...others } = spec;
  return JSON.stringify([kept, others, status]);
}
