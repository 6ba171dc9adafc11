import type { KubeRequest, KubeResponse, KubeTransport, KubeWatchFrame } from '../../shared/adapters/kube-transport.ts';
import { NoAnswerError } from '../../shared/adapters/kube-transport.ts';
import type { Clock } from '../../shared/ports.ts';
import { ConnectionResetError, createFaults, type Faults } from '../faults.ts';
import type { Webhook } from './admission.ts';
import { type AccessControl, administrator, type Caller, type Grant, type Identity } from './authorize.ts';
import { startControllers } from './controllers/start-controllers.ts';
import { completeObject } from './defaults.ts';
import { createRequestHandler } from './handle-request.ts';
import type { Manifest, ObjectTypes, ResourceName } from './objects.ts';
import { resourceNamed, resourceOfKind } from './resources.ts';
import { createStore } from './store.ts';

export interface ClusterOptions {
  clock: Clock;
  /** Whose token it is; undefined for one that is not good. Without it every token is an administrator's. */
  authenticate?: (token: string) => Caller | undefined;
  /** Without it everyone may do everything. */
  grants?: readonly Grant[];
  /** How many changes a watch can go back over (default 10,000). */
  historySize?: number;
}

/** A model of a Kubernetes cluster: its API server as this project's requests see it, its controllers and its kubelets. */
export interface Cluster {
  faults: Faults;
  /** Validating webhooks, asked in this order; a test may change the list. */
  webhooks: Webhook[];
  /** A way in without a socket. Without an identity: as an administrator. */
  transportFor(identity?: Identity): KubeTransport;
  /** Throws ConnectionResetError for a fault that cuts the connection. */
  handle(request: KubeRequest, identity: Identity, signal: AbortSignal): Promise<KubeResponse>;
  /** Throws WatchRefusedError when the server refuses with an HTTP status, ConnectionResetError as above. */
  watch(
    request: Pick<KubeRequest, 'path' | 'query'>,
    identity: Identity,
    signal: AbortSignal,
  ): Promise<AsyncIterable<KubeWatchFrame>>;
  /** Puts objects in, past all admission, with the status that they carry; a missing namespace is made. */
  apply(manifests: Manifest | readonly Manifest[]): void;
  /** An object as it is stored, for a test to look at. */
  get<R extends ResourceName>(resource: R, name: string, namespace?: string): ObjectTypes[R] | undefined;
  list<R extends ResourceName>(resource: R, namespace?: string): ObjectTypes[R][];
  /** Removes an object at once, whatever holds it. */
  remove(resource: ResourceName, name: string, namespace?: string): void;
  /** Forgets the history of changes, as etcd's compaction does: older resourceVersions and continue tokens expire. */
  compact(): void;
  /** Cuts the watches that are open now. */
  dropWatches(): void;
  /** Starts the controllers, the scheduler and the kubelets. */
  start(): void;
  /** Stops them and ends every watch. */
  stop(): void;
}

export function createCluster(options: ClusterOptions): Cluster {
  const { clock, grants, authenticate = () => administrator, historySize = 10_000 } = options;
  const store = createStore(historySize);
  const faults = createFaults();
  const webhooks: Webhook[] = [];
  const access: AccessControl = { authenticate, grants };
  const handler = createRequestHandler({ store, clock, faults, webhooks, access, openLists: new Map() });
  let running: AbortController | undefined;

  const put = (manifest: Manifest) => {
    const resource = resourceOfKind(manifest.apiVersion, manifest.kind);
    const { name = '', ...metadata } = manifest.metadata;
    const namespace = resource.namespaced ? (metadata.namespace ?? 'default') : undefined;
    if (namespace !== undefined && !store.get('namespaces', undefined, namespace)) put(namespaceNamed(namespace));
    const before = store.get(resource.name, namespace, name);
    const kept = before ? pick(before.metadata, ['uid', 'creationTimestamp', 'generation']) : {};
    const placed = { name, ...metadata, ...kept, ...(namespace === undefined ? {} : { namespace }) };
    const context = { store, nowMs: clock.now() };
    store.put(resource.name, completeObject({ ...manifest, metadata: placed }, resource, context) as never);
  };
  for (const name of ['default', 'kube-system', 'kube-public', 'kube-node-lease']) put(namespaceNamed(name));

  return {
    faults,
    webhooks,
    handle: handler.handle,
    watch: handler.watch,
    transportFor: (identity = administrator) => ({
      request: async (request, signal) =>
        structuredClone(await handler.handle(request, identity, signal).catch(noAnswer)),
      watch: async function* (request, signal) {
        const frames = await handler.watch(request, identity, signal).catch(noAnswer);
        try {
          for await (const frame of frames) yield structuredClone(frame);
        } catch (error) {
          noAnswer(error);
        }
      },
    }),
    apply: (manifests) => {
      for (const manifest of [manifests].flat() as Manifest[]) put(manifest);
    },
    get: (resource, name, namespace) => store.get(resource, namespaceOf(resource, namespace), name),
    list: (resource, namespace) => store.list(resource, namespace),
    remove: (resource, name, namespace) => {
      const object = store.get(resource, namespaceOf(resource, namespace), name);
      if (object) store.remove(resource, object);
    },
    compact: () => {
      store.compact();
      handler.forgetLists();
    },
    dropWatches: handler.dropWatches,
    start: () => {
      if (running) return;
      running = new AbortController();
      startControllers({ store, clock, signal: running.signal });
    },
    stop: () => {
      running?.abort();
      running = undefined;
      handler.endWatches();
    },
  };
}

function namespaceOf(resource: ResourceName, namespace = 'default'): string | undefined {
  return resourceNamed(resource).namespaced ? namespace : undefined;
}

function namespaceNamed(name: string): Manifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

function pick<T extends object, K extends keyof T>(object: T, keys: readonly K[]): Partial<Pick<T, K>> {
  return Object.fromEntries(keys.filter((key) => object[key] !== undefined).map((key) => [key, object[key]])) as never;
}

/** To a client of the port a cut connection is no answer. */
function noAnswer(error: unknown): never {
  if (error instanceof ConnectionResetError) throw new NoAnswerError(error.message, { cause: error });
  throw error;
}
