import type { ApiAnswer } from '../lifecycle/api-failure.ts';
import { failureOf, noAnswerFailure, shortText } from './kube-failure.ts';
import { type KubeRequest, type KubeResponse, type KubeTransport, NoAnswerError } from './kube-transport.ts';

/** One request; a 2xx answer's body through `view`, everything else a failure. Throws only when its caller aborts. */
export async function call<Body, Value>(
  transport: KubeTransport,
  request: KubeRequest,
  view: (body: Body) => Value,
  signal: AbortSignal,
): Promise<ApiAnswer<Value>> {
  let response: KubeResponse;
  try {
    response = await transport.request(request, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof NoAnswerError)) throw error;
    return { ok: false, failure: noAnswerFailure(error.message) };
  }
  const { status, body } = response;
  if (status < 200 || status > 299) return { ok: false, failure: failureOf(response) };
  // A 200 that is not JSON comes from something between us and the API server.
  if (typeof body !== 'object' || body === null)
    return { ok: false, failure: noAnswerFailure(`HTTP ${status}, but not from a Kubernetes API: ${shortText(body)}`) };
  return { ok: true, value: view(body as Body) };
}

/** For answers of which only the status code matters. */
export function nothing(): void {}
