import { checkNode } from './check-node.ts';
import { completeObject } from './defaults.ts';
import { isReleased, type WriteContext } from './delete-object.ts';
import type { KubeObject, Manifest, Node } from './objects.ts';
import type { RequestTarget } from './request-target.ts';
import type { Resource } from './resources.ts';
import { alreadyExists, badRequest, conflict, invalid, notFound, qualified, StatusError } from './status-error.ts';

/** Throws a 404 for a missing namespace, a 409 when the name is taken. */
export function createObject({ resource, namespace }: RequestTarget, body: unknown, context: WriteContext): KubeObject {
  const manifest = body as Manifest | undefined;
  if (!manifest?.metadata) throw badRequest('the request has no object');
  const placed = { ...manifest, metadata: { ...manifest.metadata, ...(namespace === undefined ? {} : { namespace }) } };
  const object = completeObject({ ...placed, ...typeMeta(resource) } as Manifest, resource, context);
  if (resource.name === 'events') checkEvent(object, resource);
  if (resource.name === 'nodes') checkNode(object as Node);
  context.validate?.(false);
  if (context.store.get(resource.name, namespace, object.metadata.name))
    throw alreadyExists(resource, object.metadata.name);
  return context.store.put(resource.name, object as never);
}

/** A JSON merge patch (RFC 7396) of the object or of its status; with `dryRun` answered and not kept. */
export function patchObject(target: RequestTarget, patch: unknown, dryRun: boolean, context: WriteContext): KubeObject {
  const { resource, namespace, name = '', subresource } = target;
  const current = context.store.get(resource.name, namespace, name);
  if (!current) throw notFound(resource, name);
  return replace(current, mergePatch(current, patch) as KubeObject, resource, subresource, context, dryRun);
}

/** Replaces an object; creates a Lease that is not there, as the server does. */
export function updateObject(target: RequestTarget, body: unknown, context: WriteContext) {
  const { resource, namespace, name = '', subresource } = target;
  const object = body as KubeObject;
  const current = context.store.get(resource.name, namespace, name);
  if (!current && resource.name === 'leases') {
    return { created: true, object: createObject(target, body, context) };
  }
  if (!current) throw notFound(resource, name);
  if (resource.name === 'leases' && !object.metadata.resourceVersion) throw versionMissing(resource, name);
  return { created: false, object: replace(current, object, resource, subresource, context) };
}

function replace(
  current: KubeObject,
  wanted: KubeObject,
  resource: Resource,
  subresource: string | undefined,
  { store, validate }: WriteContext,
  dryRun = false,
): KubeObject {
  const { name, uid, resourceVersion, generation } = current.metadata;
  const version = wanted.metadata.resourceVersion;
  if (version && version !== resourceVersion) throw conflict(resource, name);
  if (wanted.metadata.uid && wanted.metadata.uid !== uid) {
    throw invalid(
      resource,
      name,
      'metadata.uid',
      `Invalid value: ${JSON.stringify(wanted.metadata.uid)}: field is immutable`,
    );
  }
  if (resource.name === 'nodes') checkNode(wanted as Node);
  validate?.(dryRun);
  const { namespace, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds } = current.metadata;
  const kept = {
    name,
    namespace,
    uid,
    resourceVersion,
    creationTimestamp,
    generation,
    deletionTimestamp,
    deletionGracePeriodSeconds,
  };
  const metadata = { ...wanted.metadata, ...withoutUndefined(kept) };
  const next = { ...wanted, metadata, ...(subresource === 'status' ? specOf(current) : statusOf(current)) };
  const bumped = resource.counted && JSON.stringify(next.spec) !== JSON.stringify(current.spec);
  if (bumped) next.metadata.generation = (generation ?? 0) + 1;
  if (dryRun) return next as KubeObject;
  const stored = store.put(resource.name, next as never) as KubeObject;
  if (isReleased(stored)) store.remove(resource.name, stored);
  return stored;
}

const specOf = ({ spec }: KubeObject) => (spec === undefined ? {} : { spec });
const statusOf = ({ status }: KubeObject) => (status === undefined ? {} : { status });

function withoutUndefined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/** https://www.rfc-editor.org/rfc/rfc7396 */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const result: Record<string, unknown> = isRecord(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeMeta({ group, version, kind }: Resource) {
  return { apiVersion: group ? `${group}/${version}` : version, kind };
}

/** A core Event lives in the namespace of what it is about; for a Node that is `default`. */
function checkEvent(event: KubeObject, resource: Resource): void {
  const about = (event as { involvedObject?: { namespace?: string } }).involvedObject?.namespace ?? '';
  const { namespace, name } = event.metadata;
  if (about === namespace || (about === '' && namespace === 'default')) return;
  const text = `Invalid value: ${JSON.stringify(about)}: does not match event.namespace`;
  throw invalid(resource, name, 'involvedObject.namespace', text);
}

function versionMissing(resource: Resource, name: string): StatusError {
  const [field, text] = ['metadata.resourceVersion', 'Invalid value: 0: must be specified for an update'];
  return new StatusError(422, `${qualified(resource)} "${name}" is invalid: ${field}: ${text}`, {
    reason: 'Invalid',
    details: {
      name,
      group: resource.group,
      kind: resource.name,
      causes: [{ reason: 'FieldValueInvalid', message: text, field }],
    },
  });
}
