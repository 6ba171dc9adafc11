import type { Context } from 'aws-lambda';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTerminate } from '../../../functions/terminate/create-terminate.ts';
import { terminateTick } from '../../../shared/drain/terminate-tick.ts';
import type { TickOutput } from '../../../shared/lifecycle/tick.ts';
import { parseTerminateSettings } from '../../../shared/settings/terminate.ts';

vi.mock('../../../shared/drain/terminate-tick.ts', () => ({ terminateTick: vi.fn() }));

const topicArn = 'arn:aws:sns:us-east-1:123456789012:hooks';
const settings = parseTerminateSettings({
  ENL_HOOK_NAMES: 'drain',
  ENL_TOPIC_ARNS: topicArn,
  ENL_CLUSTER_NAME: 'prod',
  ENL_REPORT_FOLDER: '/tmp/reports',
});
const action = {
  version: 1,
  kind: 'terminate',
  account: '123456789012',
  region: 'us-east-1',
  instanceId: 'i-05629ab7d9287e205',
  groupName: 'example-asg',
  hookName: 'drain',
  token: '465e0162-e6af-4786-b4e8-bb544ae58790',
};
const input = { action, state: null, execution: 'one' };

const begin = vi.fn();
const told = vi.fn();
const untouched = new Proxy(
  {},
  { get: (_, name) => expect.unreachable(`${String(name)} is not the function's to use`) },
);
const ports = {
  autoScaling: untouched,
  clusters: untouched,
  compute: untouched,
  loadBalancers: untouched,
  reports: untouched,
  metrics: untouched,
  log: { begin, error: told },
  random: () => 0,
} as unknown as Parameters<typeof createTerminate>[1];

const tick = vi.mocked(terminateTick);
const invoke = (event: unknown, remainingMilliseconds: number) =>
  createTerminate(settings, ports)(event, { getRemainingTimeInMillis: () => remainingMilliseconds } as Context);

beforeEach(() => {
  tick.mockReset();
  begin.mockReset();
  told.mockReset();
});

describe('the function', () => {
  it('gives a tick its input, what is ours, and all its time but the last two minutes', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 });
    const output = { status: 'done' } as TickOutput;
    tick.mockResolvedValue(output);
    expect(await invoke(input, 300_000)).toBe(output);
    vi.useRealTimers();

    expect(begin).toHaveBeenCalledOnce();
    const [given, ours, , limit] = tick.mock.calls[0] ?? [];
    expect(given).toEqual(input);
    expect(ours).toEqual({
      ours: { hookNames: ['drain'], topicArns: [topicArn], requireTag: false },
      clusterName: 'prod',
      policy: settings.policy,
      notices: settings.notices,
    });
    expect(limit?.endsAt).toBe(1_700_000_000_000 + 180_000);
    expect(limit?.signal.aborted).toBe(false);
  });

  it('has its lines found by instance and execution, and says what a tick failed with', async () => {
    const error = new Error('no answer');
    tick.mockRejectedValue(error);
    await expect(invoke(input, 300_000)).rejects.toBe(error);
    expect(begin).toHaveBeenCalledWith(expect.anything(), { instance: action.instanceId, execution: 'one' });
    expect(told).toHaveBeenCalledWith('tick failed', { error });
    await expect(invoke('not an input', 300_000)).rejects.toThrow('not the input of a tick');
    expect(begin).toHaveBeenLastCalledWith(expect.anything(), { instance: undefined, execution: undefined });
  });

  it('aborts a tick that is still at work 5 s before Lambda stops it, and fails', { timeout: 2_000 }, async () => {
    let reason: unknown;
    tick.mockImplementation(
      (_input, _settings, _ports, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            reason = signal.reason;
            reject(signal.reason);
          });
        }),
    );
    const startedAt = performance.now();
    await expect(invoke(input, 5_060)).rejects.toThrow('The operation was aborted.');
    expect(reason).toBeInstanceOf(Error);
    // A timer never fires early: this is the 60 ms that were left, less the rounding of two clocks.
    expect(performance.now() - startedAt).toBeGreaterThan(50);
  });

  it('fails with the field when its input is not that of a tick, and works on nothing', async () => {
    await expect(invoke({ ...input, execution: '' }, 300_000)).rejects.toThrow('not the input of a tick: execution: ');
    expect(tick).not.toHaveBeenCalled();
  });
});
