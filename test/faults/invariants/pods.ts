import type { Pod } from '../../../sandbox/cluster/objects.ts';
import type { Served } from '../journal.ts';
import type { World } from '../world.ts';
import { controllerOf, forceMomentOf, mustStay, wantsTime } from './facts.ts';

const mostOfAController = 40;

interface Options {
  gracePeriodSeconds?: number;
  preconditions?: { uid?: string };
}

/** Only what a drain needs is ever written: evictions, deletes of pods, patches of nodes, Events and its own Leases. */
export function writesAreOurs({ journal }: World, served: Served): void {
  const { verb, resource, subresource, namespace, at, tick } = served;
  if (verb === 'get' || verb === 'list') return;
  const what = `${verb} ${resource}${subresource ? `/${subresource}` : ''}`;
  const lawful =
    ['create pods/eviction', 'delete pods', 'patch nodes', 'create events'].includes(what) ||
    (['create leases', 'update leases'].includes(what) && namespace === 'eks-node-lifecycle');
  if (!lawful) journal.violate('only lawful writes', at, `${tick.name}: ${what} ${namespace}/${served.name}`);
}

/** What holds for every eviction and every delete of a pod. */
export function podWriteIsLawful(world: World, served: Served): void {
  if (!isRemoval(served)) return;
  const { journal, policy } = world;
  const { at, tick, request, response, name } = served;
  const { drain } = tick;
  const violate = (invariant: string, text: string) =>
    journal.violate(invariant, at, `${tick.name}, ${request.method} ${name}: ${text}`);
  const { uid, grace } = readOptions(served);
  if (!uid) violate('no removal without a UID', 'no precondition');
  if (grace !== undefined && !(grace >= 1)) violate('grace is never 0', `${grace}`);
  if (request.method === 'DELETE' && grace === undefined) violate('grace is never 0', 'a delete without one');
  const pod = served.before as Pod | undefined;
  if (response.status >= 300 || !pod) return;
  if (pod.spec.nodeName !== drain.nodeName) violate('no pod of another node', `it is on ${pod.spec.nodeName}`);
  const stays = mustStay(world, pod);
  if (stays) violate('who stays is left alone', stays);
  if (wantsTime(pod) && at < forceMomentOf(world, drain, pod))
    violate('who waits is given its time', 'before its force moment');
  const { markedAt } = drain.seen;
  // One that goes down already leaves no time to settle.
  const settleSeconds = drain.notice?.kind === 'state-change' ? 0 : policy.settleSeconds;
  if (markedAt === undefined || at < markedAt + settleSeconds * 1000 - world.scenario.skewMilliseconds * 2) {
    violate(
      'no eviction before mark and settling',
      markedAt === undefined ? 'not marked' : `${(at - markedAt) / 1000} s after it`,
    );
  }
}

/** An eviction, or a delete, of a pod. */
export function isRemoval({ resource, verb, subresource }: Served): boolean {
  return resource === 'pods' && (verb === 'delete' || subresource === 'eviction');
}

/**
 * Whoever comes back each time is not asked to go each time; a node that others open now and then fills a few times. Who came back is told
 * by the report: while it cannot be kept each tick begins anew, and the deadline is the only end of that.
 */
export function noteRemoval({ journal, reportsFailUntil }: World, served: Served): void {
  if (!isRemoval(served) || served.response.status >= 300 || !served.before) return;
  const controller = controllerOf(served.before as Pod);
  if (!controller) return;
  const { removed, removedControllers } = served.tick.drain.seen;
  removedControllers.add(controller.uid);
  removed.set(controller.uid, (removed.get(controller.uid) ?? new Set()).add(served.before.metadata.uid));
  const count = removed.get(controller.uid)?.size ?? 0;
  if (count > mostOfAController && reportsFailUntil === 0) {
    journal.violate(
      'no eviction goes on for ever',
      served.at,
      `${count} pods of ${controller.kind} ${controller.name} from ${served.tick.drain.nodeName}`,
    );
  }
}

function readOptions({ request }: Served): { uid: string | undefined; grace: number | undefined } {
  const body = (request.body ?? {}) as Options & { deleteOptions?: Options };
  const options = request.method === 'POST' ? body.deleteOptions : body;
  return { uid: options?.preconditions?.uid, grace: options?.gracePeriodSeconds };
}
