import type { ApiAnswer } from '../lifecycle/api-failure.ts';
import type { Session, Turn } from './session.ts';

/**
 * An API server gives a request up after 60 s (`--request-timeout`), until when a patch may take effect whose answer was lost; the rest is
 * for what lies between. https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
 */
const mostMilliseconds = 75_000;

/** Does this answer say whether the patch took effect? None at all does not, nor does a server's error. */
export function isSettled(answer: ApiAnswer<unknown>): boolean {
  return answer.ok || (answer.failure.code !== undefined && answer.failure.code < 500);
}

/** An instance that is back in service is left with the next tick, while a mark may still arrive on its node; undefined: none can. */
export function awaitUnansweredMark({ state, ports }: Session): Turn | undefined {
  if (state.markSentAt === null || ports.clock.now() - state.markSentAt >= mostMilliseconds) return undefined;
  return {
    again: 15,
    phase: 'verifying',
    text: 'the instance is in service; a mark that nobody answered may still arrive',
  };
}
