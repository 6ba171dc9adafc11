import { deadlinesOf } from './completion.ts';
import { instanceId, nodeName } from './manifests.ts';
import type { LaunchWorld } from './world.ts';

/** What is left of a launch when all is over. */
export interface LaunchFinal {
  /** We completed it, and well before its deadline unless its node never gets ready: else time itself decides. */
  comparable: boolean;
  state: string | undefined;
  given: string | undefined;
  node: object | undefined;
}

export function finalOf(world: LaunchWorld): LaunchFinal {
  const { scenario, cluster, scaling, accepted } = world;
  const { metadata, spec } = cluster.get('nodes', nodeName) ?? {};
  const { way, node, sets } = scenario;
  const waits = [...(way === 'out-of-pool' ? [] : [node.appearsAt]), node.readyAfter, ...Object.values(sets)];
  const never = waits.includes('never');
  const readyBy = waits.reduce<number>((sum, wait) => sum + (wait === 'never' ? 0 : wait), 0);
  const { first } = deadlinesOf(world);
  const inTime = never || (accepted[0]?.at ?? Number.POSITIVE_INFINITY) < first;
  const early = world.begin + (readyBy + 60) * 1000 < first;
  return {
    comparable: accepted.length === 1 && inTime && early && node.mark?.is !== 'alive',
    state: scaling.instance(instanceId)?.lifecycleState?.replace(/^Terminated$|:Proceed$/, ''),
    given: accepted[0]?.given,
    node: metadata && { labels: metadata.labels, annotations: metadata.annotations, spec },
  };
}
