import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { describe, expect, it, test } from 'vitest';
import { refusal } from '../../../sandbox/aws/service-faults.ts';
import { createGroupRoll } from '../../../shared/adapters/group-roll.ts';
import { DeniedError } from '../../../shared/adapters/paced-calls.ts';
import type { GroupRollPort } from '../../../shared/roll/roll-ports.ts';
import { instanceId, never, startAws } from '../../sandbox/aws/start-aws.ts';

const templateId = 'lt-0123456789abcdef0';

async function start() {
  const aws = await startAws();
  const { clientOptions, sandbox } = aws;
  sandbox.scaling.templates.set(templateId, { name: 'pool', latest: 4, default: 3 });
  const launches = { templateId, version: '$Latest' };
  sandbox.scaling.addGroup({ name: 'pool', tags: { team: 'a' }, hooks: [], min: 1, max: 5, desired: 2, launches });
  for (const id of ['i-1', 'i-2']) {
    sandbox.scaling.addInstance('pool', id, {
      zone: 'eu-west-1b',
      launchedAt: 60_000,
      from: { templateId, version: '1' },
    });
  }
  const scaling = new AutoScalingClient(clientOptions);
  const once = new AutoScalingClient({ ...clientOptions, maxAttempts: 1 });
  const port = createGroupRoll({ scaling, once, ec2: new EC2Client(clientOptions) });
  const states = () => sandbox.scaling.instanceIds().map((id) => [id, sandbox.scaling.instance(id)?.lifecycleState]);
  return { ...aws, port, pool: () => sandbox.scaling.groupNamed('pool'), states };
}

describe('a group', () => {
  it('tells its limits, what it launches, and of each instance what it was launched from', async () => {
    const { port, sandbox } = await start();
    sandbox.scaling.suspend('pool', ['AZRebalance']);
    const instance = { zone: 'eu-west-1b', healthy: true, protectedFromScaleIn: false, lifecycleState: 'InService' };
    const from = { templateId, version: '1' };
    expect(await port.describeGroup('pool', never)).toEqual({
      name: 'pool',
      tags: { team: 'a' },
      min: 1,
      max: 5,
      desired: 2,
      suspended: ['AZRebalance'],
      launches: { from: { templateId, version: '$Latest' }, overrides: [] },
      instances: [
        { id: 'i-1', ...instance, from },
        { id: 'i-2', ...instance, from },
      ],
    });
    expect(await port.describeGroup('nowhere', never)).toBeUndefined();
  });

  it('with a mixed instances policy tells its overrides, and of its warm pool', async () => {
    const { port, pool } = await start();
    const other = { templateId: 'lt-2', version: '7' };
    Object.assign(pool(), {
      overrides: [{ type: 'm5.large' }, { type: 'm6g.large', from: other }],
      warmPool: { size: 2, reuses: true },
    });
    expect(await port.describeGroup('pool', never)).toMatchObject({
      launches: {
        from: { templateId, version: '$Latest' },
        overrides: [{ type: 'm5.large' }, { type: 'm6g.large', from: other }],
      },
      warmPool: { size: 2, reuses: true },
    });
  });

  it('has versions by number, launch times by instance, and perhaps a refresh under way', async () => {
    const { port, pool } = await start();
    const versions = await port.templateVersions([templateId, 'lt-gone'], never);
    expect([...versions]).toEqual([[templateId, { latest: '4', default: '3' }]]);
    expect([...(await port.launchTimes(['i-1', 'i-gone'], never))]).toEqual([['i-1', 60_000]]);
    pool().refreshes = [{ id: 'r-1', status: 'Successful' }];
    expect(await port.activeRefresh('pool', never)).toBeUndefined();
    pool().refreshes?.push({ id: 'r-2', status: 'Baking' });
    expect(await port.activeRefresh('pool', never)).toEqual({ id: 'r-2', status: 'Baking' });
  });

  it('is asked for launch times two hundred at a time, which is what a filter takes', async () => {
    const { port, operations } = await start();
    await port.launchTimes(
      Array.from({ length: 201 }, (_, at) => `i-${at}`),
      never,
    );
    expect(operations()).toEqual(['DescribeInstances', 'DescribeInstances']);
  });
});

describe('what a roll changes', () => {
  it('is desired and maximum, each within the other', async () => {
    const { port, pool, states } = await start();
    expect(await port.setDesired('pool', 3, never)).toBe('done');
    expect(states().filter(([, state]) => state === 'Pending:Proceed')).toHaveLength(1);
    await expect(port.setDesired('pool', 6, never)).rejects.toThrow(/capacity of group pool to 6: .*above max value 5/);
    await port.setMax('pool', 6, never);
    expect(pool()).toMatchObject({ desired: 3, max: 6 });
  });

  it('is which instance goes, and whether another takes its place', async () => {
    const { port, pool, sandbox, states } = await start();
    expect(await port.terminate('i-1', { decrement: false }, never)).toBe('done');
    expect(pool().desired).toBe(2);
    expect(states().filter(([id]) => id !== instanceId)).toEqual([
      ['i-1', 'Terminating:Proceed'],
      ['i-2', 'InService'],
      [expect.any(String), 'Pending:Proceed'],
    ]);
    expect(await port.terminate('i-2', { decrement: true }, never)).toBe('done');
    expect(pool().desired).toBe(1);
    expect(await port.terminate('i-gone', { decrement: true }, never)).toBe('gone');
    expect(sandbox.scaling.victims).toEqual([]);
  });

  it('goes through the terminate hook of the group', async () => {
    const { port, states } = await start();
    await port.terminate(instanceId, { decrement: false }, never);
    expect(states()[0]).toEqual([instanceId, 'Terminating:Wait']);
  });

  it('is a tag that no instance inherits, and processes that are suspended', async () => {
    const { port, pool, sandbox } = await start();
    await port.writeTag('pool', 'eks-node-lifecycle/roll', 'id=a b=c:d', never);
    await port.suspend('pool', 'AZRebalance', never);
    expect(pool()).toMatchObject({ tags: { 'eks-node-lifecycle/roll': 'id=a b=c:d' }, suspended: ['AZRebalance'] });
    expect(sandbox.calls[0]?.input).toMatchObject({ 'Tags.member.1.PropagateAtLaunch': 'false' });
    await port.writeTag('pool', 'eks-node-lifecycle/roll', undefined, never);
    await port.resume('pool', 'AZRebalance', never);
    expect(pool()).toMatchObject({ suspended: [] });
    expect(pool().tags).toEqual({ team: 'a' });
  });

  it('waits while a scaling activity is in progress', async () => {
    const { port, sandbox } = await start();
    const code = 'ScalingActivityInProgress';
    const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>busy</Message></Error></ErrorResponse>`;
    const answer = { status: 400, headers: { 'content-type': 'text/xml' }, body };
    sandbox.faults.add({ match: /^(SetDesired|TerminateInstance)/, effect: { answer } });
    expect(await port.setDesired('pool', 3, never)).toBe('busy');
    expect(await port.terminate('i-1', { decrement: true }, never)).toBe('busy');
  });
});

type Call = (port: GroupRollPort, signal: AbortSignal) => Promise<unknown>;
const calls: [service: 'autoscaling' | 'ec2', operation: string, call: Call][] = [
  ['autoscaling', 'DescribeAutoScalingGroups', (port, signal) => port.describeGroup('pool', signal)],
  ['ec2', 'DescribeLaunchTemplates', (port, signal) => port.templateVersions([templateId], signal)],
  ['ec2', 'DescribeInstances', (port, signal) => port.launchTimes(['i-1'], signal)],
  ['autoscaling', 'DescribeInstanceRefreshes', (port, signal) => port.activeRefresh('pool', signal)],
  ['autoscaling', 'DescribeScalingActivities', (port, signal) => port.failedLaunches('pool', 0, signal)],
  ['autoscaling', 'SetDesiredCapacity', (port, signal) => port.setDesired('pool', 3, signal)],
  ['autoscaling', 'UpdateAutoScalingGroup', (port, signal) => port.setMax('pool', 9, signal)],
  [
    'autoscaling',
    'TerminateInstanceInAutoScalingGroup',
    (port, signal) => port.terminate('i-1', { decrement: true }, signal),
  ],
  ['autoscaling', 'CreateOrUpdateTags', (port, signal) => port.writeTag('pool', 'k', 'v', signal)],
  ['autoscaling', 'DeleteTags', (port, signal) => port.writeTag('pool', 'k', undefined, signal)],
  ['autoscaling', 'SuspendProcesses', (port, signal) => port.suspend('pool', 'AZRebalance', signal)],
  ['autoscaling', 'ResumeProcesses', (port, signal) => port.resume('pool', 'AZRebalance', signal)],
];

test.each(calls)(
  'of %s: without the right to %s the error names it; throttled calls are made again',
  async (service, operation, call) => {
    const { port, sandbox, operations } = await start();
    const match = new RegExp(`^${operation}$`);
    const allow = sandbox.faults.add({ match, effect: refusal(service, 'denied') });
    const error = await call(port, never).catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ cause: expect.any(DeniedError) });
    expect(error).toMatchObject({ cause: { right: `${service}:${operation}` } });
    allow();
    sandbox.faults.add({ match, times: 2, effect: refusal(service, 'throttled') });
    const answer = await call(port, never);
    const made = operations().filter((each) => each === operation).length;
    // An instance is never asked for twice by the client itself: the roll looks first.
    if (operation.startsWith('TerminateInstance')) expect([answer, made]).toEqual(['busy', 2]);
    else expect(made).toBeGreaterThanOrEqual(4);
  },
);

test('a call that is aborted ends with the reason', async () => {
  const { port, sandbox } = await start();
  sandbox.faults.add({ match: /Describe/, effect: { delayMs: 60_000 } });
  const stop = new AbortController();
  const answer = port.describeGroup('pool', stop.signal);
  stop.abort(new Error('stopped'));
  await expect(answer).rejects.toThrow('stopped');
});
