import type { Context } from 'aws-lambda';
import { describe, expect, test, vi } from 'vitest';
import { createTerminate } from '../../functions/terminate/create-terminate.ts';
import { functionLimits, tickTaskSeconds } from '../../infra/function-limits.ts';
import { clientDefaults } from '../../shared/adapters/client-defaults.ts';
import { terminateTick } from '../../shared/drain/terminate-tick.ts';

vi.mock('../../shared/drain/terminate-tick.ts');

/** What a tick may start in its last moment: a forced delete of seven requests, or a call of AWS with all its attempts. */
const forcedDelete = 7 * 15_000;
const { maxAttempts, requestHandler } = clientDefaults;
const awsCall = maxAttempts * (requestHandler.connectionTimeout + requestHandler.requestTimeout) + 15_000;
const longestChain = Math.max(forcedDelete, awsCall);

const limit = functionLimits.terminate.timeoutSeconds * 1000;
const tenths = (milliseconds: number) => Math.round(milliseconds / 100) * 100;

/** How long before Lambda ends it, in milliseconds, the function starts nothing new, and aborts what is under way. */
async function lastMoments(remaining: number): Promise<{ wrapUp: number; abort: number }> {
  const startedAt = Date.now();
  const moments = { wrapUp: Number.NaN, abort: Number.NaN };
  vi.mocked(terminateTick).mockImplementation((_input, _settings, _ports, { endsAt, signal }) => {
    moments.wrapUp = tenths(startedAt + remaining - endsAt);
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        moments.abort = tenths(startedAt + remaining - Date.now());
        reject(signal.reason);
      });
    });
  });
  const handler = createTerminate(
    { hookNames: [], topicArns: [] } as never,
    { log: { begin: () => {}, error: () => {} } } as never,
  );
  const action = { version: 1, kind: 'terminate', account: '123456789012', region: 'eu-west-1', instanceId: 'i-0a' };
  const event = { action: { ...action, groupName: 'g', hookName: 'h', token: 't' }, state: null, execution: 'e' };
  const context = { getRemainingTimeInMillis: () => startedAt + remaining - Date.now() };
  await expect(handler(event, context as Context)).rejects.toThrow('abort');
  return moments;
}

describe('the limits of a tick', () => {
  test('leave time for what was started in its last moment, then to answer, and most of it to the work', async () => {
    const { wrapUp, abort } = await lastMoments(5_200);
    expect(abort).toBeGreaterThanOrEqual(2_000);
    expect(wrapUp - abort).toBeGreaterThanOrEqual(longestChain);
    expect(wrapUp + longestChain).toBeLessThan(limit);
  });

  test('grow from the function to the task of the machine', () => {
    for (const tick of ['terminate', 'launch'] as const) {
      expect(tickTaskSeconds).toBeGreaterThan(functionLimits[tick].timeoutSeconds);
    }
  });
});
