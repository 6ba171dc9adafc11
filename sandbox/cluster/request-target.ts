import type { KubeRequest } from '../../shared/adapters/kube-transport.ts';
import { findResource, type Resource } from './resources.ts';
import { methodNotAllowed, noSuchResource } from './status-error.ts';

/** What a request is about, read from its path, and the verb that RBAC knows it by. */
export interface RequestTarget {
  verb: 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete';
  resource: Resource;
  namespace: string | undefined;
  name: string | undefined;
  subresource: string | undefined;
}

const verbs = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' } as const;

/** Throws a 404 for a path that leads nowhere, and a 405 for a method that is not for it. */
export function readTarget(request: Pick<KubeRequest, 'method' | 'path' | 'query'>): RequestTarget {
  const [root, ...rest] = request.path.split('/').filter(Boolean).map(decodeURIComponent);
  const [group = '', version = '', ...path] = root === 'api' ? ['', ...rest] : rest;
  const inNamespace = path[0] === 'namespaces' && path.length > 2;
  const [resourceName = '', name, subresource, ...tooMuch] = inNamespace ? path.slice(2) : path;
  const resource = findResource(group, version, resourceName);
  const isPlaced = resource && resource.namespaced === inNamespace;
  const isKnown = subresource === undefined || subresource === 'status' || isEviction(resourceName, subresource);
  if (!resource || (!isPlaced && (inNamespace || name !== undefined)) || !isKnown || tooMuch.length > 0) {
    throw noSuchResource();
  }
  if (!methodsFor(isPlaced ?? false, name, subresource).includes(request.method)) throw methodNotAllowed();
  return { verb: verbOf(request, name), resource, namespace: inNamespace ? path[1] : undefined, name, subresource };
}

function isEviction(resource: string, subresource: string): boolean {
  return resource === 'pods' && subresource === 'eviction';
}

function methodsFor(isPlaced: boolean, name: string | undefined, subresource: string | undefined): readonly string[] {
  if (subresource === 'eviction') return ['POST'];
  if (name !== undefined) return ['GET', 'PUT', 'PATCH', 'DELETE'];
  return isPlaced ? ['GET', 'POST'] : ['GET'];
}

function verbOf({ method, query }: Pick<KubeRequest, 'method' | 'query'>, name: string | undefined) {
  if (method !== 'GET') return verbs[method];
  if (query?.watch === 'true' || query?.watch === '1') return 'watch';
  return name === undefined ? 'list' : 'get';
}
