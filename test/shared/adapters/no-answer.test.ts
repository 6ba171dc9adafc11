import { describe, expect, it } from 'vitest';
import { orAbort } from '../../../shared/adapters/no-answer.ts';

const never = new Promise<never>(() => {});
const reason = new Error('the tick is over');

describe('what is waited for until a signal aborts', () => {
  it('ends at once when the signal has aborted already', { timeout: 1_000 }, async () => {
    await expect(orAbort(never, AbortSignal.abort(reason))).rejects.toBe(reason);
    // Nobody is left to hear of this one, which must not end the process.
    await expect(orAbort(Promise.reject(new Error('late')), AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('ends with the reason as soon as the signal aborts', { timeout: 1_000 }, async () => {
    const stop = new AbortController();
    const waiting = orAbort(never, stop.signal);
    stop.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });

  it('is what it comes to before that', async () => {
    const { signal } = new AbortController();
    expect(await orAbort(Promise.resolve('token'), signal)).toBe('token');
    await expect(orAbort(Promise.reject(reason), signal)).rejects.toBe(reason);
  });
});
