import type { KubeObject } from '../../../sandbox/cluster/objects.ts';
import type { ScalingCalled, Served } from '../journal.ts';
import type { World } from '../world.ts';
import { controllerOf, deadlineOf, podsToWaitFor, toleranceOf } from './facts.ts';

/** Between the last look at the pods and the call: a report of 5 s and requests of 15 s. */
const looksBackMilliseconds = 120_000;

/** Remembers which pods a tick saw on its node, and whether there was a node. */
export function noteLists({ verb, resource, request, response, tick, name, at }: Served): void {
  const { seen, nodeName } = tick.drain;
  if (
    resource === 'pods' &&
    verb === 'list' &&
    response.status === 200 &&
    request.query?.fieldSelector === `spec.nodeName=${nodeName}`
  ) {
    const { items } = response.body as { items: KubeObject[] };
    seen.listed.set(tick.name, { at, uids: new Set(items.map(({ metadata }) => metadata.uid)) });
  }
  if (resource !== 'nodes') return;
  if (verb === 'list' && !request.query?.labelSelector) {
    const { items } = response.body as { items: KubeObject[] };
    const there = items.some(({ metadata }) => metadata.name === nodeName);
    seen.nodeLooksEmpty = there ? 0 : seen.nodeLooksEmpty + 1;
  }
  if (verb === 'get' && name === nodeName && response.status === 200) seen.nodeLooksEmpty = 0;
}

/** The action is completed once, and while a pod is to be waited for only when the policy knows a reason. */
export function completionIsLawful(world: World, { tick, result, at }: ScalingCalled): void {
  const { drain } = tick;
  const { seen } = drain;
  const { journal } = world;
  if (seen.completionKnown !== undefined && tick.startedAt > seen.completionKnown) {
    journal.violate('completed once', at, `${tick.name} completes the action again`);
  }
  if (result !== 'accepted') return;
  if (seen.completed !== undefined)
    journal.violate('completed once', at, `${tick.name} completes the action again, with effect`);
  seen.completed = at;
  const reason = lawfulReason(world, tick, at);
  if (reason !== undefined) return;
  const listed = seen.listed.get(tick.name);
  // Whoever stands still between look and call is not to be helped.
  if (!listed || Math.max(listed.at, tick.frozenUntil) < at - looksBackMilliseconds) {
    journal.violate('no completion while a pod remains', at, `${tick.name} completes without a look at the pods`);
  }
  const left = podsToWaitFor(world, drain)
    .filter(({ metadata }) => listed?.uids.has(metadata.uid))
    .filter((pod) => !(tick.lookupFailed && controllerOf(pod)?.kind === 'DaemonSet')); // taken for one that stays
  const names = left.map(({ metadata }) => metadata.name);
  if (names.length > 0) {
    journal.violate(
      'no completion while a pod remains',
      at,
      `${tick.name} completes, and ${names.join(', ')} is on ${drain.nodeName}`,
    );
  }
}

/** Why a hook may be completed although pods are left. */
function lawfulReason(world: World, { drain }: ScalingCalled['tick'], at: number): string | undefined {
  const { seen } = drain;
  if (at >= deadlineOf(world, drain)) return 'deadline';
  if (drain.fate.stopAsked === 'complete') return 'aborted';
  if (seen.nodeLooksEmpty >= 2) return 'no-node';
  const listedAt = Math.max(seen.listedAt ?? 0, drain.startedAt ?? 0);
  if (at - listedAt >= world.policy.unreachableSeconds * 1000 - toleranceOf(world)) return 'cluster-unreachable';
  return undefined;
}
