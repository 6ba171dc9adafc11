import type { Validate } from './admission.ts';
import { isPodFinished } from './conditions.ts';
import type { KubeObject, ObjectMeta, Pod } from './objects.ts';
import type { Resource } from './resources.ts';
import { preconditionFailed } from './status-error.ts';
import type { Store } from './store.ts';
import { timestamp } from './timestamp.ts';

export interface DeleteOptions {
  gracePeriodSeconds?: number;
  preconditions?: { uid?: string; resourceVersion?: string };
  dryRun?: string[];
}

export interface WriteContext {
  store: Store;
  nowMs: number;
  /** Missing for what the cluster does by itself, which is not asked about here. */
  validate?: Validate;
}

/**
 * Deletes as the API server does: a scheduled pod gets a grace period, whatever has finalizers only a deletionTimestamp, the
 * rest goes at once. Asking again can only shorten the grace, counted from the first request. Throws a 409.
 * https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
 */
export function deleteObject(object: KubeObject, resource: Resource, options: DeleteOptions, context: WriteContext) {
  checkPreconditions(object, resource, options);
  const marked = mark(object, resource, options, context.nowMs);
  // A request that changes nothing is not shown to the webhooks.
  if (marked) context.validate?.(Boolean(options.dryRun?.length));
  if (options.dryRun?.length) return marked ?? object;
  const stored = marked ? context.store.put(resource.name, marked as never) : object;
  if (isReleased(stored)) context.store.remove(resource.name, stored);
  return stored;
}

/** Whether nothing holds an object any more that someone wanted deleted. */
export function isReleased({ kind, metadata, spec }: KubeObject): boolean {
  if (metadata.deletionTimestamp === undefined || metadata.finalizers?.length) return false;
  if (kind === 'Namespace') return !(spec as { finalizers?: string[] }).finalizers?.length;
  return !metadata.deletionGracePeriodSeconds;
}

export function checkPreconditions(object: KubeObject, resource: Resource, { preconditions }: DeleteOptions): void {
  const { name, uid, resourceVersion } = object.metadata;
  const check = (what: string, wanted: string | undefined, found: string, consequence: string) => {
    if (wanted === undefined || wanted === found) return;
    const text = `the ${what} in the precondition (${wanted}) does not match the ${what} in record (${found})`;
    throw preconditionFailed(resource, name, `${text}. The object might have been ${consequence}`);
  };
  check('UID', preconditions?.uid, uid, 'deleted and then recreated');
  check('ResourceVersion', preconditions?.resourceVersion, resourceVersion, 'modified');
}

/** The object with its deletion marked; undefined when the request changes nothing. */
function mark(object: KubeObject, resource: Resource, options: DeleteOptions, nowMs: number): KubeObject | undefined {
  const { deletionTimestamp, deletionGracePeriodSeconds: grace = 0 } = object.metadata;
  const asked = options.gracePeriodSeconds === undefined ? undefined : nonNegative(options.gracePeriodSeconds);
  if (deletionTimestamp === undefined) {
    const seconds = resource.name === 'pods' ? firstGrace(object as Pod, asked) : 0;
    const next = withDeletion(object, nowMs + seconds * 1000, seconds);
    return resource.name === 'namespaces' ? { ...next, status: { ...object.status, phase: 'Terminating' } } : next;
  }
  if (asked === undefined || asked >= grace) return undefined;
  const endMs = Date.parse(deletionTimestamp) + (asked - grace) * 1000;
  if (endMs >= nowMs) return withDeletion(object, endMs, asked);
  return withDeletion(object, nowMs, asked === 0 ? 0 : 1);
}

function withDeletion(object: KubeObject, atMs: number, seconds: number): KubeObject {
  const { generation, deletionTimestamp } = object.metadata;
  const bumped = generation !== undefined && deletionTimestamp === undefined ? { generation: generation + 1 } : {};
  const deletion = { deletionTimestamp: timestamp(atMs), deletionGracePeriodSeconds: seconds };
  const metadata: ObjectMeta = { ...object.metadata, ...bumped, ...deletion };
  if (object.kind === 'Namespace') delete metadata.deletionGracePeriodSeconds;
  return { ...object, metadata };
}

function firstGrace(pod: Pod, asked: number | undefined): number {
  if (!pod.spec.nodeName || isPodFinished(pod)) return 0;
  return asked ?? nonNegative(pod.spec.terminationGracePeriodSeconds ?? 30);
}

/** The server reads a negative grace as one second. */
function nonNegative(seconds: number): number {
  return seconds < 0 ? 1 : seconds;
}
