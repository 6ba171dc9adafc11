import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EKSClient } from '@aws-sdk/client-eks';
import { SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, it, vi } from 'vitest';
import { refusal } from '../../../sandbox/aws/service-faults.ts';
import { createAutoScaling } from '../../../shared/adapters/auto-scaling.ts';
import { createCompute } from '../../../shared/adapters/ec2.ts';
import { createEksClusters } from '../../../shared/adapters/eks-clusters.ts';
import { createExecutions } from '../../../shared/adapters/step-functions.ts';
import type { ClusterPort } from '../../../shared/cluster-port.ts';
import { actionOf, executionsOf, instanceId, machineArn, never, startAws } from '../../sandbox/aws/start-aws.ts';

async function start(requestTimeout = 5_000) {
  const aws = await startAws({ executions: executionsOf({}) });
  aws.sandbox.clusters.set('prod', {
    name: 'prod',
    status: 'ACTIVE',
    endpoint: 'https://prod',
    caData: 'Q0E=',
    accessEntries: {},
  });
  const options = { ...aws.clientOptions, requestHandler: { ...aws.clientOptions.requestHandler, requestTimeout } };
  const openCluster = () => ({}) as ClusterPort;
  const autoScaling = createAutoScaling(new AutoScalingClient(options));
  const compute = createCompute(new EC2Client(options));
  const clusters = createEksClusters(new EKSClient(options), { openCluster, clock: aws.clock });
  const executions = createExecutions(new SFNClient(options));
  const action = actionOf(aws);
  const calls: Record<string, (signal: AbortSignal) => Promise<unknown>> = {
    DescribeAutoScalingInstances: (signal) => autoScaling.describeInstance(instanceId, signal),
    DescribeAutoScalingGroups: (signal) => autoScaling.describeGroup('workers', signal),
    DescribeLifecycleHooks: (signal) => autoScaling.describeHook('workers', 'drain', signal),
    describeHooks: (signal) => autoScaling.describeHooks('workers', signal),
    CompleteLifecycleAction: (signal) => autoScaling.completeAction(action, 'CONTINUE', signal),
    RecordLifecycleActionHeartbeat: (signal) => autoScaling.recordHeartbeat(action, signal),
    DescribeInstances: (signal) => compute.instanceState(instanceId, signal),
    instanceFacts: (signal) => compute.instanceFacts(instanceId, signal),
    DescribeInstanceStatus: (signal) => compute.scheduledEvents(instanceId, signal),
    DescribeCluster: (signal) => clusters.open('prod', signal),
    StartExecution: (signal) => executions.start('one', machineArn, {}, signal),
    DescribeExecution: (signal) => executions.status('one', machineArn, signal),
  };
  const call = (operation: string, signal = never) => calls[operation]?.(signal);
  return { ...aws, call };
}

const pause = `hook drain of instance ${instanceId} in group workers`;

describe.each<[Parameters<typeof refusal>[0], string, string, string?]>([
  ['autoscaling', 'DescribeAutoScalingInstances', `describing instance ${instanceId} of Auto Scaling: AccessDenied: `],
  ['autoscaling', 'DescribeAutoScalingGroups', 'describing group workers: AccessDenied: '],
  ['autoscaling', 'DescribeLifecycleHooks', 'describing hook drain of group workers: AccessDenied: '],
  ['autoscaling', 'DescribeLifecycleHooks', 'describing the hooks of group workers: AccessDenied: ', 'describeHooks'],
  ['autoscaling', 'CompleteLifecycleAction', `completing ${pause} with CONTINUE: AccessDenied: `],
  ['autoscaling', 'RecordLifecycleActionHeartbeat', `recording a heartbeat for ${pause}: AccessDenied: `],
  ['ec2', 'DescribeInstances', `describing instance ${instanceId} of EC2: UnauthorizedOperation: `],
  ['ec2', 'DescribeInstances', `describing instance ${instanceId} of EC2: UnauthorizedOperation: `, 'instanceFacts'],
  [
    'ec2',
    'DescribeInstanceStatus',
    `describing the scheduled events of instance ${instanceId}: UnauthorizedOperation: `,
  ],
  ['eks', 'DescribeCluster', 'describing cluster prod: AccessDeniedException: '],
  ['states', 'StartExecution', `starting execution one of ${machineArn}: AccessDeniedException: `],
  ['states', 'DescribeExecution', `describing execution one of ${machineArn}: AccessDeniedException: `],
])('%s %s', (service, operation, refused, asked = operation) => {
  const match = new RegExp(`^${operation}$`);

  it('comes through throttling, a broken service and a reset', async () => {
    const { sandbox, call, operations } = await start();
    sandbox.faults.add({ service, match, times: 2, effect: refusal(service, 'throttled') });
    sandbox.faults.add({ service, match, times: 1, effect: refusal(service, 'broken') });
    sandbox.faults.add({ service, match, times: 1, effect: { reset: 'before' } });
    const answer = await call(asked);
    expect(operations()).toEqual(Array(5).fill(operation));
    sandbox.faults.clear();
    expect(answer).toEqual(await (await start()).call(asked));
  });

  it('is not tried again when it is refused, and says what it was about', async () => {
    const { sandbox, call, operations } = await start();
    sandbox.faults.add({ service, match, effect: refusal(service, 'denied') });
    const error = await call(asked)?.then(String, (reason: unknown) => reason);
    expect(error).toMatchObject({ message: expect.stringContaining(refused), cause: { name: refused.split(': ')[1] } });
    expect(operations()).toEqual([operation]);
  });
});

describe('a client with our defaults', () => {
  it('gives up after the fifth attempt', async () => {
    const { sandbox, call, operations } = await start();
    sandbox.faults.add({ match: /./, effect: refusal('autoscaling', 'throttled') });
    await expect(call('DescribeAutoScalingGroups')).rejects.toThrow(
      'describing group workers: Throttling: Rate exceeded',
    );
    expect(operations()).toHaveLength(5);
  });

  it('tries again when no answer comes in time', async () => {
    const { sandbox, call, operations } = await start(30);
    sandbox.faults.add({ match: /./, times: 1, effect: { delayMs: 60_000 } });
    expect(await call('DescribeAutoScalingGroups')).toMatchObject({ name: 'workers' });
    expect(operations()).toHaveLength(2);
  });

  it('ends a request under way with the reason of its signal', async () => {
    const { sandbox, call } = await start();
    sandbox.faults.add({ match: /./, effect: { delayMs: 60_000 } });
    const stop = new AbortController();
    const answer = call('DescribeAutoScalingGroups', stop.signal);
    stop.abort(new Error('out of time'));
    await expect(answer).rejects.toThrow(/^out of time$/);
  });

  it('ends the pause before the next attempt at once', async () => {
    const { sandbox, call } = await start();
    vi.mocked(Math.random).mockReturnValue(0.99);
    sandbox.faults.add({ match: /./, effect: refusal('autoscaling', 'throttled') });
    const stop = new AbortController();
    const answer = call('DescribeAutoScalingGroups', stop.signal);
    await vi.waitFor(() => expect(Math.random).toHaveBeenCalled(), { interval: 1 });
    stop.abort(new Error('out of time'));
    const abortedAt = performance.now();
    await expect(answer).rejects.toThrow(/^out of time$/);
    expect(performance.now() - abortedAt).toBeLessThan(500);
  });

  it('finds no active action when the answer to its completion was lost and it asks again', async () => {
    const { sandbox, call } = await start();
    sandbox.faults.add({ match: /Complete/, times: 1, effect: { reset: 'after' } });
    expect(await call('CompleteLifecycleAction')).toBe('no-active-action');
    expect(sandbox.scaling.instance(instanceId)?.lifecycleState).toBe('Terminating:Proceed');
  });
});
