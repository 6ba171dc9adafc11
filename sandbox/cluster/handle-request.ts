import type { KubeRequest, KubeResponse, KubeWatchFrame } from '../../shared/adapters/kube-transport.ts';
import { WatchRefusedError } from '../../shared/adapters/kube-transport.ts';
import type { Clock } from '../../shared/ports.ts';
import { ConnectionResetError, type Faults, performWithFaults, type ServiceCall } from '../faults.ts';
import type { Webhook } from './admission.ts';
import { type AccessControl, authorize, type Identity, identify, reviewAccess } from './authorize.ts';
import type { OpenLists } from './list-objects.ts';
import { performRequest } from './perform-request.ts';
import { readTarget } from './request-target.ts';
import { StatusError } from './status-error.ts';
import type { Store } from './store.ts';
import { openWatch, type WatchStream } from './watch-objects.ts';

export interface ServerContext {
  store: Store;
  clock: Clock;
  faults: Faults;
  webhooks: readonly Webhook[];
  access: AccessControl;
  openLists: OpenLists;
}

const REVIEW_PATH = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** The API server: authentication, authorization, admission, then the verb, in that order. */
export function createRequestHandler(context: ServerContext) {
  const { clock, faults, access, openLists } = context;
  const watches = new Set<WatchStream>();

  const answer = (request: KubeRequest, identity: Identity): KubeResponse => {
    try {
      const caller = identify(identity, access);
      if (request.method === 'POST' && request.path === REVIEW_PATH)
        return { status: 201, headers: {}, body: reviewAccess(request.body, caller, access) };
      const target = readTarget(request);
      authorize(target, caller, access);
      return performRequest(target, request, { ...context, nowMs: clock.now() });
    } catch (error) {
      if (error instanceof StatusError) return error.response;
      throw error;
    }
  };

  const open = (request: KubeRequest, identity: Identity): WatchStream => {
    try {
      const target = readTarget(request);
      if (target.verb !== 'watch') throw new ConnectionResetError('a list is no watch: the query lacks watch=true');
      authorize(target, identify(identity, access), access);
      return openWatch(target, request.query ?? {}, context);
    } catch (error) {
      if (error instanceof StatusError) throw new WatchRefusedError(error.response);
      throw error;
    }
  };

  return {
    handle: async (request: KubeRequest, identity: Identity, signal: AbortSignal): Promise<KubeResponse> => {
      signal.throwIfAborted();
      const result = await performWithFaults(callOf(request), () => answer(request, identity), {
        faults,
        clock,
        signal,
      });
      return { ...result, headers: { 'content-type': 'application/json', ...result.headers } };
    },

    watch: async (
      request: Pick<KubeRequest, 'path' | 'query'>,
      identity: Identity,
      signal: AbortSignal,
    ): Promise<AsyncIterable<KubeWatchFrame>> => {
      signal.throwIfAborted();
      const get = { ...request, method: 'GET' as const, query: request.query ?? {} };
      const effect = faults.take(callOf(get));
      if (effect && 'delayMs' in effect) await clock.sleep(effect.delayMs, signal);
      if (effect && 'answer' in effect) throw new WatchRefusedError({ headers: {}, ...effect.answer });
      if (effect && 'reset' in effect) throw new ConnectionResetError(`reset ${get.path}`);
      const stream = open(get, identity);
      watches.add(stream);
      if (effect && 'dropWatchAfterMs' in effect) {
        const cut = () => stream.close(new ConnectionResetError(`dropped ${get.path}`));
        clock.sleep(effect.dropWatchAfterMs, signal).then(cut, cut);
      }
      return readStream(stream, signal, () => watches.delete(stream));
    },

    dropWatches: () => {
      for (const stream of watches) stream.close(new ConnectionResetError('the connection was dropped'));
    },
    endWatches: () => {
      for (const stream of watches) stream.close();
    },
    forgetLists: () => openLists.clear(),
  };
}

async function* readStream(stream: WatchStream, signal: AbortSignal, done: () => void): AsyncGenerator<KubeWatchFrame> {
  const abort = () => stream.close(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    yield* stream.frames;
  } finally {
    signal.removeEventListener('abort', abort);
    stream.close();
    done();
  }
}

function callOf({ method, path, query = {} }: KubeRequest): ServiceCall {
  const search = new URLSearchParams(query).toString();
  return { service: 'kubernetes', operation: `${method} ${path}${search ? `?${search}` : ''}` };
}
