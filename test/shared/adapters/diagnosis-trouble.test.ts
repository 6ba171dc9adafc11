import { describe, expect, it } from 'vitest';
import { refusal } from '../../../sandbox/aws/service-faults.ts';
import { instanceId, never } from '../../sandbox/aws/start-aws.ts';
import { nodeRole, profileArn, startDiagnosis } from './start-diagnosis.ts';

type Started = Awaited<ReturnType<typeof startDiagnosis>>;

const calls = [
  ['ec2', 'DescribeInstances', ({ diagnosis }, signal) => diagnosis.instance(instanceId, signal)],
  ['ec2', 'GetConsoleOutput', ({ diagnosis }, signal) => diagnosis.consoleOutput(instanceId, signal)],
  ['iam', 'GetInstanceProfile', ({ diagnosis }, signal) => diagnosis.nodeRoleArn(profileArn, signal)],
  ['eks', 'DescribeCluster', ({ diagnosis }, signal) => diagnosis.accessEntry('prod', nodeRole, signal)],
  ['eks', 'DescribeAccessEntry', ({ diagnosis }, signal) => diagnosis.accessEntry('prod', nodeRole, signal)],
  ['autoscaling', 'DescribeScalingActivities', ({ history }, signal) => history.countAbandoned('workers', 0, signal)],
] satisfies [string, string, (started: Started, signal: AbortSignal) => Promise<unknown>][];

describe.each(calls)('%s %s', (service, operation, call) => {
  const match = new RegExp(`^${operation}$`);
  const named = service as Parameters<typeof refusal>[0];

  it('comes through throttling, a broken service and a reset', async () => {
    const started = await startDiagnosis();
    const { sandbox, operations } = started;
    sandbox.faults.add({ match, times: 2, effect: refusal(named, 'throttled') });
    sandbox.faults.add({ match, times: 1, effect: refusal(named, 'broken') });
    sandbox.faults.add({ match, times: 1, effect: { reset: 'before' } });
    const answer = await call(started, never);
    expect(operations().filter((name) => name === operation)).toHaveLength(5);
    expect(answer).toEqual(await call(started, never));
  });

  it('gives up when throttling does not end, and says what it was about', async () => {
    const started = await startDiagnosis();
    started.sandbox.faults.add({ match, effect: refusal(named, 'throttled') });
    await expect(call(started, never)).rejects.toThrow(/^(describing|reading|looking for) .+: Rate exceeded$/);
  });

  it('ends with the reason of its signal', async () => {
    const started = await startDiagnosis();
    started.sandbox.faults.add({ match, effect: { delayMs: 60_000 } });
    const stop = new AbortController();
    const answer = call(started, stop.signal);
    stop.abort(new Error('out of time'));
    await expect(answer).rejects.toThrow(/^out of time$/);
  });
});

it('DescribeScalingActivities is ours by right: when it is refused, that is thrown', async () => {
  const { sandbox, history } = await startDiagnosis();
  sandbox.faults.add({ match: /^DescribeScalingActivities$/, effect: refusal('autoscaling', 'denied') });
  await expect(history.countAbandoned('workers', 0, never)).rejects.toThrow(/not authorized/);
});
