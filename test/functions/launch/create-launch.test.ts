import type { Context } from 'aws-lambda';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createLaunch } from '../../../functions/launch/create-launch.ts';
import { launchTick } from '../../../shared/launch/launch-tick.ts';
import type { LaunchOutput } from '../../../shared/lifecycle/launch.ts';
import { parseLaunchSettings } from '../../../shared/settings/launch.ts';

vi.mock('../../../shared/launch/launch-tick.ts', () => ({ launchTick: vi.fn() }));

const topicArn = 'arn:aws:sns:us-east-1:123456789012:hooks';
const settings = parseLaunchSettings({
  ENL_HOOK_NAMES: 'join',
  ENL_TOPIC_ARNS: topicArn,
  ENL_REQUIRE_TAG: 'true',
  ENL_CLUSTER_NAME: 'prod',
});
const action = {
  version: 1,
  kind: 'launch',
  account: '123456789012',
  region: 'us-east-1',
  instanceId: 'i-085e741d27b2407a8',
  groupName: 'example-asg',
  hookName: 'join',
  token: 'one',
};
const input = { action, state: null, execution: 'one' };
const begin = vi.fn();
const told = vi.fn();
const ports = { log: { begin, error: told } } as unknown as Parameters<typeof createLaunch>[1];
const tick = vi.mocked(launchTick);
const invoke = (event: unknown, remainingMilliseconds: number) =>
  createLaunch(settings, ports)(event, { getRemainingTimeInMillis: () => remainingMilliseconds } as Context);

beforeEach(() => {
  tick.mockReset();
  begin.mockReset();
  told.mockReset();
});

describe('the launch function', () => {
  it('gives a tick its input, what is ours, and all its time but the last two minutes', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 });
    const output = { status: 'done' } as LaunchOutput;
    tick.mockResolvedValue(output);
    expect(await invoke(input, 300_000)).toBe(output);
    vi.useRealTimers();

    expect(begin).toHaveBeenCalledOnce();
    const [given, ours, , limit] = tick.mock.calls[0] ?? [];
    expect(given).toEqual(input);
    expect(ours).toEqual({
      ours: { hookNames: ['join'], topicArns: [topicArn], requireTag: true },
      clusterName: 'prod',
      policy: settings.policy,
    });
    expect(limit?.endsAt).toBe(1_700_000_000_000 + 180_000);
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
    tick.mockImplementation(
      (_input, _settings, _ports, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    );
    await expect(invoke(input, 5_060)).rejects.toThrow('The operation was aborted.');
  });

  it('fails with the field when its input is not that of a launch, and works on nothing', async () => {
    const terminate = { ...input, action: { ...action, kind: 'terminate' } };
    await expect(invoke(terminate, 300_000)).rejects.toThrow('not the input of a tick: action.kind: ');
    expect(tick).not.toHaveBeenCalled();
  });
});
