import type { KubeRequest, KubeResponse } from '../../shared/adapters/kube-transport.ts';
import { checkNamespace, type Webhook, webhooksFor } from './admission.ts';
import { type DeleteOptions, deleteObject, type WriteContext } from './delete-object.ts';
import { evictPod } from './evict-pod.ts';
import { listObjects, type OpenLists } from './list-objects.ts';
import type { RequestTarget } from './request-target.ts';
import { notFound, StatusError } from './status-error.ts';
import { createObject, patchObject, updateObject } from './write-object.ts';

type PerformContext = WriteContext & { webhooks: readonly Webhook[]; openLists: OpenLists };

/** Does what an authorized request asks for. Throws the server's refusals. */
export function performRequest(target: RequestTarget, request: KubeRequest, server: PerformContext): KubeResponse {
  const { resource, namespace, name = '', subresource } = target;
  const context = { ...server, validate: webhooksFor(target, server) };
  const { query = {}, body } = request;
  const options = (body ?? {}) as DeleteOptions;
  const dryRun = query.dryRun === 'All';
  const stored = () => {
    const object = context.store.get(resource.name, namespace, name);
    if (!object) throw notFound(resource, name);
    return object;
  };
  if (dryRun && !['delete', 'patch'].includes(target.verb) && subresource !== 'eviction')
    throw new Error('dry-run: only evict, delete and patch');
  checkNamespace(target, context.store);
  switch (target.verb) {
    case 'get':
      return json(200, stored());
    case 'list':
      return json(200, listObjects(target, query, request.accept, context));
    case 'create':
      if (subresource === 'eviction') return json(201, evictPod(namespace ?? '', name, body, dryRun, context));
      return json(201, createObject(target, body, context));
    case 'patch':
      checkPatchType(request);
      return json(200, patchObject(target, body, dryRun, context));
    case 'update': {
      const { created, object } = updateObject(target, body, context);
      return json(created ? 201 : 200, object);
    }
    case 'delete':
      return json(200, deleteObject(stored(), resource, dryRun ? { ...options, dryRun: ['All'] } : options, context));
    case 'watch':
      throw new Error('a watch is no single answer');
  }
}

function checkPatchType({ contentType = 'application/json' }: KubeRequest): void {
  if (contentType === 'application/merge-patch+json') return;
  throw new StatusError(415, '415: Unsupported Media Type', { reason: 'UnsupportedMediaType', details: {} });
}

function json(status: number, body: unknown): KubeResponse {
  return { status, headers: {}, body };
}
