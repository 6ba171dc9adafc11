import type { Node } from '../../../sandbox/cluster/objects.ts';
import type { Served } from '../journal.ts';
import { besides, idOf, readMark } from '../marks.ts';
import type { World } from '../world.ts';

export const excludeLabel = 'node.kubernetes.io/exclude-from-external-load-balancers';
const ourAnnotations = ['drain', 'stop', 'deadline'].map((name) => `eks-node-lifecycle.io/${name}`);

/** A drain patches its own node only, of it only its own marks, and never opens one whose instance is in Terminating:Wait. */
export function nodePatchIsOurs(world: World, { resource, verb, before, response, tick, at }: Served): void {
  if (resource !== 'nodes' || verb !== 'patch' || response.status >= 300) return;
  const { journal, scaling, states } = world;
  const { drain } = tick;
  const was = before as Node;
  const is = response.body as Node;
  if (was.metadata.name !== drain.nodeName)
    journal.violate('no other node', at, `${tick.name} patches ${was.metadata.name}`);
  const changed = foreignChange(was, is);
  if (changed) journal.violate('only our marks', at, `${tick.name} changes ${changed}`);
  const state = states.get(drain.instanceId) ?? scaling.instance(drain.instanceId)?.lifecycleState;
  const opens = (was.spec.unschedulable && !is.spec.unschedulable) || (hasLabel(was) && !hasLabel(is));
  if (opens && state === 'Terminating:Wait') {
    journal.violate(
      'a node that goes stays closed',
      at,
      `${tick.name} opens ${drain.nodeName}, whose instance is in ${state}`,
    );
  }
  if (readMark(is)?.drain === idOf(drain)) drain.seen.markedAt ??= at;
  if (!was.spec.unschedulable && is.spec.unschedulable) drain.seen.cordonedAt = at;
}

function hasLabel({ metadata }: Node): boolean {
  return excludeLabel in (metadata.labels ?? {});
}

function foreignChange(was: Node, is: Node): string | undefined {
  const stripped = ({ metadata, spec, status }: Node) => {
    const { resourceVersion: _, generation: _generation, ...kept } = metadata;
    const { unschedulable: _unschedulable, ...rest } = spec;
    const labels = Object.entries(metadata.labels ?? {}).filter(([key]) => key !== excludeLabel);
    const annotations = Object.entries(metadata.annotations ?? {}).filter(([key]) => !ourAnnotations.includes(key));
    return JSON.stringify([{ ...kept, labels, annotations }, rest, status]);
  };
  return stripped(was) === stripped(is) ? undefined : `${stripped(was)} to ${stripped(is)}`;
}

/** The node of an instance that is in service again is as it was found. */
export function nodeIsLeftAsFound(world: World): void {
  const { cluster, scenario, journal, clock } = world;
  for (const { index, nodeName, fate, notice, seen, result } of world.drains) {
    const { returnedAt, claimedByOther, uncordoned } = fate;
    const node = cluster.get('nodes', nodeName);
    const end = result?.done?.end;
    if (notice || returnedAt === undefined || claimedByOther || !node || (result && result.at < returnedAt)) continue;
    if (besides(world, index).some(({ seen }) => seen.markedAt !== undefined)) continue;
    if (end?.reason === 'aborted' && end.code === 'marks-left') continue;
    const { cordoned = false, labelled = false } = scenario.nodes[index] ?? {};
    const { annotations = {} } = node.metadata;
    const left = [
      Boolean(node.spec.unschedulable) !== (cordoned && !uncordoned) && 'cordon',
      hasLabel(node) !== labelled && 'label',
      // What an operator wrote to a node that was never marked is not ours to take away.
      seen.markedAt !== undefined && ourAnnotations.some((key) => key in annotations) && 'annotation',
      node.metadata.annotations?.['example.com/owner'] !== 'someone else' && 'foreign annotation',
    ].filter(Boolean);
    if (left.length > 0)
      journal.violate('an abort leaves the node as found', clock.now(), `${nodeName}: ${left.join(', ')}`);
  }
}
