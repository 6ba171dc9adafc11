import { administrator } from '../../sandbox/cluster/authorize.ts';
import type { ResourceName } from '../../sandbox/cluster/objects.ts';
import { type RequestTarget, readTarget } from '../../sandbox/cluster/request-target.ts';
import {
  type KubeRequest,
  type KubeResponse,
  type KubeTransport,
  NoAnswerError,
  WatchRefusedError,
} from '../../shared/adapters/kube-transport.ts';
import type { CallClass, CallEffect } from './event.ts';
import { fakeAnswer } from './fake-answers.ts';
import type { Onlooker, Stage } from './stage.ts';
import type { Process } from './tick.ts';

/** As long as the product's own transport waits for an answer. */
const patienceMilliseconds = 15_000;

/** The way of one tick's requests: through faults and network to the API server, and what comes of it back. */
export function tickTransport<P extends Process>(stage: Stage, tick: P, looksOn: Onlooker<P>): KubeTransport {
  const { clock, cluster, kubeFaults, never } = stage;

  async function request(request: KubeRequest, signal: AbortSignal): Promise<KubeResponse> {
    await tick.standStill();
    signal.throwIfAborted();
    const target = request.path.includes('selfsubjectaccessreviews') ? undefined : readTarget(request);
    const call = classOf(target);
    looksOn.sent(tick, request, call);
    const effect = kubeFaults.take(call, clock.now());
    let response: KubeResponse | undefined;
    try {
      response = await tick.pass(limited(serve(request, target, effect), effect, signal));
      return response;
    } finally {
      looksOn.answered({ at: clock.now(), tick, request, call, response });
    }
  }

  async function serve(request: KubeRequest, target: RequestTarget | undefined, effect: CallEffect | undefined) {
    const lag = effect?.do === 'latency' ? effect.seconds * 1000 : stage.network() * stage.scenario.networkMilliseconds;
    if (lag > 0) await clock.sleep(lag / 2, never);
    if (effect && 'effect' in effect && effect.effect === 'before') return instead(effect, request);
    const response = await perform(request, target);
    if (lag > 0) await clock.sleep(lag / 2, never);
    if (effect && 'effect' in effect) return instead(effect, request);
    if (effect?.do === 'freeze') tick.frozenUntil = clock.now() + effect.seconds * 1000;
    return response;
  }

  async function perform(request: KubeRequest, target: RequestTarget | undefined): Promise<KubeResponse> {
    const { namespace, name } = target ?? {};
    const before = target && name ? cluster.get(target.resource.name as ResourceName, name, namespace) : undefined;
    const response = await cluster.handle(request, administrator, never);
    if (target) {
      const { verb, subresource } = target;
      const resource = target.resource.name;
      looksOn.served({
        at: clock.now(),
        tick,
        request,
        verb,
        resource,
        subresource,
        namespace,
        name,
        before,
        response,
      });
    }
    return response;
  }

  function instead(effect: CallEffect, request: Pick<KubeRequest, 'path'>): KubeResponse {
    if (effect.do === 'answer') return fakeAnswer(effect.status, effect.retryAfter);
    if (effect.do === 'kill') tick.kill();
    throw new NoAnswerError(`reset ${request.path}`);
  }

  /** Whoever waits gives up; the request goes on its way. */
  async function limited<T>(work: Promise<T>, effect: CallEffect | undefined, signal: AbortSignal): Promise<T> {
    if (effect?.do !== 'latency' && stage.scenario.networkMilliseconds === 0) return work;
    const over = new AbortController();
    const patience = clock.sleep(patienceMilliseconds, AbortSignal.any([over.signal, signal])).then(() => {
      throw new NoAnswerError('not within 15 s');
    });
    work.catch(() => {});
    patience.catch(() => {});
    try {
      return await Promise.race([work, patience]);
    } finally {
      over.abort(new Error('answered'));
    }
  }

  async function* watch(request: Pick<KubeRequest, 'path' | 'query'>, signal: AbortSignal) {
    await tick.standStill();
    signal.throwIfAborted();
    const effect = kubeFaults.take('a watch', clock.now());
    if (effect?.do === 'latency') await tick.pass(clock.sleep(Math.min(15, effect.seconds) * 1000, signal));
    if (effect?.do === 'freeze') tick.frozenUntil = clock.now() + effect.seconds * 1000;
    if (effect?.do === 'answer') throw new WatchRefusedError(fakeAnswer(effect.status, effect.retryAfter));
    if (effect) await tick.pass(Promise.resolve().then(() => 'effect' in effect && instead(effect, request)));
    const until = AbortSignal.any([signal, tick.gone]);
    const frames = (await cluster.watch(request, administrator, until).catch(broken))[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await tick.pass(frames.next().catch(broken));
        if (next.done) return;
        if (clock.now() < stage.watchesSilentUntil) {
          await tick.pass(clock.sleep(stage.watchesSilentUntil - clock.now(), signal));
          throw new NoAnswerError('the watch fell silent');
        }
        looksOn.frame?.(tick, request, next.value);
        yield next.value;
      }
    } finally {
      await frames.return?.();
    }
  }

  return { request, watch };
}

function broken(error: unknown): never {
  if (error instanceof Error && error.name === 'ConnectionResetError') throw new NoAnswerError(error.message);
  throw error;
}

function classOf(target: RequestTarget | undefined): CallClass {
  if (!target) return 'a lookup';
  const { verb, resource, subresource } = target;
  const reads = verb === 'get' || verb === 'list';
  switch (resource.name) {
    case 'nodes':
      return reads ? 'reading a Node' : 'patching a Node';
    case 'pods':
      if (subresource === 'eviction') return 'evicting a pod';
      return verb === 'list' ? 'listing pods' : verb === 'get' ? 'reading a pod' : 'deleting a pod';
    case 'poddisruptionbudgets':
      return 'listing budgets';
    case 'leases':
      return 'a Lease';
    case 'events':
      return 'writing an Event';
    default:
      return 'a lookup';
  }
}
