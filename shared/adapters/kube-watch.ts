import type { V1ObjectMeta } from '@kubernetes/client-node';
import type { WatchEvent } from '../cluster-port.ts';
import { failureOf } from './kube-failure.ts';
import { type KubeTransport, type KubeWatchFrame, NoAnswerError, WatchRefusedError } from './kube-transport.ts';
import type { Wire } from './kube-wire.ts';

/** The server ends a watch after this long, so that one whose client vanished does not stay open. */
const watchSeconds = 300;

/** Changes after `resourceVersion`. Always ends with `expired` or `closed`; throws only when its caller aborts. */
export async function* watch<Item, View>(
  transport: KubeTransport,
  request: { path: string; query?: Readonly<Record<string, string>> },
  resourceVersion: string,
  view: (item: Item) => View,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent<View>, void, undefined> {
  const query = {
    ...request.query,
    watch: 'true',
    allowWatchBookmarks: 'true',
    timeoutSeconds: String(watchSeconds),
    resourceVersion,
  };
  try {
    for await (const frame of transport.watch({ path: request.path, query }, signal)) {
      const event = eventOf(frame, view);
      yield event;
      if (event.type === 'expired' || event.type === 'closed') return;
    }
    signal.throwIfAborted();
    yield { type: 'closed', reason: 'the server ended the watch' };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof WatchRefusedError) yield endOf(failureOf(error.response));
    else if (error instanceof NoAnswerError) yield { type: 'closed', reason: error.message };
    else throw error;
  }
}

function eventOf<Item, View>(frame: KubeWatchFrame, view: (item: Item) => View): WatchEvent<View> {
  if (frame.type === 'ERROR') {
    const { code } = (frame.object ?? {}) as { code?: number };
    return endOf(failureOf({ status: code ?? 0, headers: {}, body: frame.object }));
  }
  const { metadata } = frame.object as { metadata?: Wire<V1ObjectMeta> };
  const resourceVersion = metadata?.resourceVersion ?? '';
  if (frame.type === 'BOOKMARK') return { type: 'BOOKMARK', resourceVersion };
  return { type: frame.type, object: view(frame.object as Item), resourceVersion };
}

/** A resourceVersion that is too old: 410 https://kubernetes.io/docs/reference/using-api/api-concepts/#410-gone-responses */
function endOf({ code, message }: { code: number | undefined; message: string }): WatchEvent<never> {
  return code === 410 ? { type: 'expired' } : { type: 'closed', reason: message };
}
