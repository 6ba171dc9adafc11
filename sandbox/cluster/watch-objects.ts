import type { KubeWatchFrame } from '../../shared/adapters/kube-transport.ts';
import type { Clock } from '../../shared/ports.ts';
import { createChannel } from './channel.ts';
import { matcherOf, type Query } from './list-objects.ts';
import type { KubeObject } from './objects.ts';
import type { RequestTarget } from './request-target.ts';
import { expired, StatusError, typeOf } from './status-error.ts';
import type { Change, Store } from './store.ts';

const BOOKMARK_EVERY_MS = 60_000;
const BOOKMARK_BEFORE_END_MS = 2_000;
/** The real server picks one at random, 30 to 60 minutes. */
const DEFAULT_TIMEOUT_SECONDS = 2_700;

export interface WatchStream {
  frames: AsyncIterable<KubeWatchFrame>;
  /** Ends it, with an error for the reader if one is given. */
  close(error?: unknown): void;
}

/**
 * Opens a watch on a collection; throws a StatusError when the server would refuse it with an HTTP status.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
export function openWatch(
  target: RequestTarget,
  query: Query,
  { store, clock }: { store: Store; clock: Clock },
): WatchStream {
  const { resource, namespace } = target;
  const selects = matcherOf(target, query);
  const matches = (object: KubeObject) =>
    (namespace === undefined || object.metadata.namespace === namespace) &&
    (target.name === undefined || object.metadata.name === target.name) &&
    selects(object);
  const since = readStart(query);
  const bookmarks = query.allowWatchBookmarks === 'true' || query.allowWatchBookmarks === '1';

  const channel = createChannel<KubeWatchFrame>();
  const over = new AbortController();
  const close = (error?: unknown) => {
    unsubscribe();
    over.abort();
    channel.close(error);
  };
  const bookmark = (annotations?: Record<string, string>) => {
    const metadata = { resourceVersion: String(store.revision()), ...(annotations ? { annotations } : {}) };
    channel.push({ type: 'BOOKMARK', object: { ...typeOf(resource), metadata } });
  };
  const report = (change: Change) => {
    if (change.resource !== resource.name || (since !== 'now' && change.revision <= since)) return;
    const frame = frameOf(change, matches);
    if (frame) channel.push(frame);
  };
  const unsubscribe = store.subscribe(report);

  const missed = since === 'now' ? [] : store.changesSince(since);
  if (!missed) {
    const gone = expired(`too old resource version: ${since} (${store.revision()})`);
    channel.push({ type: 'ERROR', object: gone.response.body });
    close();
    return { frames: channel, close };
  }
  if (since === 'now') {
    for (const object of store.list(resource.name, namespace).filter(matches)) channel.push({ type: 'ADDED', object });
    if (bookmarks) bookmark({ 'k8s.io/initial-events-end': 'true' });
  }
  for (const change of missed) report(change);
  const timeoutMs = Number(query.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000;
  const heartbeat = () => {
    if (bookmarks && store.revision() !== since) bookmark();
  };
  pace(timeoutMs, heartbeat, clock, over.signal).then(
    () => close(),
    () => channel.close(),
  );
  return { frames: channel, close };
}

/** Where a watch begins: after a revision, or `now` with everything there is. */
function readStart({ resourceVersion = '', sendInitialEvents, resourceVersionMatch }: Query): number | 'now' {
  if (sendInitialEvents === 'true' && resourceVersionMatch !== 'NotOlderThan') {
    const [field, text] = [
      'resourceVersionMatch',
      'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    ];
    throw new StatusError(422, `ListOptions.meta.k8s.io "" is invalid: ${field}: ${text}`, {
      reason: 'Invalid',
      details: {
        group: 'meta.k8s.io',
        kind: 'ListOptions',
        causes: [{ reason: 'FieldValueForbidden', message: text, field }],
      },
    });
  }
  if (sendInitialEvents === 'true' || resourceVersion === '' || resourceVersion === '0') return 'now';
  if (/^\d+$/.test(resourceVersion)) return Number(resourceVersion);
  const value = JSON.stringify(resourceVersion);
  throw new StatusError(
    500,
    `resourceVersion: Invalid value: ${value}: strconv.ParseUint: parsing ${value}: invalid syntax`,
  );
}

/** An object that begins to match the selectors is an arrival to the watcher, one that ceases to match a departure. */
function frameOf(
  { type, object, previous }: Change,
  matches: (object: KubeObject) => boolean,
): KubeWatchFrame | undefined {
  const was = previous !== undefined && matches(previous);
  const is = type !== 'DELETED' && matches(object);
  if (is) return { type: was ? 'MODIFIED' : 'ADDED', object };
  if (!was) return undefined;
  const { resourceVersion } = object.metadata;
  return { type: 'DELETED', object: { ...previous, metadata: { ...previous.metadata, resourceVersion } } };
}

/** Beats every minute and shortly before the end; resolves when the time is up. */
async function pace(timeoutMs: number, beat: () => void, clock: Clock, signal: AbortSignal): Promise<void> {
  const end = clock.now() + timeoutMs;
  const last = end - BOOKMARK_BEFORE_END_MS;
  while (clock.now() < last) {
    await clock.sleep(Math.min(BOOKMARK_EVERY_MS, last - clock.now()), signal);
    beat();
  }
  await clock.sleep(Math.max(0, end - clock.now()), signal);
}
