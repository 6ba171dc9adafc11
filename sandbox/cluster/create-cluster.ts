import type { KubeRequest, KubeResponse, KubeTransport, KubeWatchFrame } from '../../shared/adapters/kube-transport.ts';
import { NoAnswerError } from '../../shared/adapters/kube-transport.ts';
import type { Clock } from '../../shared/ports.ts';
import { ConnectionResetError, createFaults, type Faults } from '../faults.ts';
import type { Webhook } from './admission.ts';
import { applyManifest, applyNamespace } from './apply-manifest.ts';
import { type AccessControl, administrator, type Caller, type Grant, type Identity } from './authorize.ts';
import { startControllers } from './controllers/start-controllers.ts';
import { createRequestHandler } from './handle-request.ts';
import type { Manifest, ObjectTypes, ResourceName } from './objects.ts';
import { resourceNamed } from './resources.ts';
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
  /** Puts objects in or in place of what is there, past all admission, status and all; a missing namespace is made. */
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

  const context = () => ({ store, nowMs: clock.now() });
  for (const name of ['default', 'kube-system', 'kube-public', 'kube-node-lease']) applyNamespace(name, context());

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
      for (const manifest of [manifests].flat() as Manifest[]) applyManifest(manifest, context());
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

/** To a client of the port a cut connection is no answer. */
function noAnswer(error: unknown): never {
  if (error instanceof ConnectionResetError) throw new NoAnswerError(error.message, { cause: error });
  throw error;
}
