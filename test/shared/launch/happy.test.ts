import { describe, expect, it } from 'vitest';
import { createWorld, daemonSet, instanceId, node, nodeName, notReady, startUpTaint } from './launch-world.ts';

describe('a launch', () => {
  it('is completed as soon as its node and the required DaemonSets are ready, and the start-up taint is gone', async () => {
    const world = createWorld();
    const action = world.launch();
    world.at(40, () => world.cluster.apply(node({ readyAfter: 10 })));
    const done = await world.run(action);
    expect(done.end).toMatchObject({ reason: 'ready', completion: 'CONTINUE', alarm: false });
    expect(world.completions).toMatchObject([{ result: 'CONTINUE', answer: 'accepted' }]);
    expect(world.node()?.spec.taints ?? []).not.toContainEqual(startUpTaint);
    expect(world.seconds()).toBeLessThan(55);
    expect(world.scaling.instance(instanceId)?.lifecycleState).toBe('Pending:Proceed');
    expect(world.events().map(({ type, reason, message }) => [type, reason, message])).toEqual([
      ['Normal', 'LaunchReady', `ready: ${nodeName} is ready; takes away the taint eks-node-lifecycle.io/not-ready`],
    ]);
  });

  it('learns by watching when the node is registered, ready, and its pods are', async () => {
    const world = createWorld({ daemonSets: [] });
    world.cluster.apply(daemonSet('aws-node', { annotations: { 'sandbox/ready-after': '9s' } }));
    const action = world.launch();
    world.at(3, () => world.cluster.apply(node({ readyAfter: 6 })));
    const done = await world.run(action);
    expect(done).toMatchObject({ end: { reason: 'ready' }, ticks: 1 });
    expect(world.seconds()).toBeLessThan(14);
    const told = world.logged('launch waits').map(({ fields }) => fields.missing);
    expect(told[0]).toBe(`no Node has the provider ID of ${instanceId} yet`);
    expect(told[1]).toBe(`Node ${nodeName} is Ready=Unknown; kube-system/aws-node has no pod on it`);
    expect(told.at(-1)).toMatch(/^pod kube-system\/aws-node-\w+ of kube-system\/aws-node is not ready/);
  });

  it('waits in the state machine while nothing changes, for 30 seconds at most', async () => {
    const world = createWorld();
    const action = world.launch();
    world.at(400, () => world.cluster.apply(node()));
    const { waits, end } = await world.run(action);
    expect(end.reason).toBe('ready');
    expect(waits[0]).toBe(5);
    expect(Math.max(...waits)).toBe(30);
    expect(world.seconds()).toBeLessThan(432);
  });

  it('heartbeats at a third of the hook timeout, also between ticks', async () => {
    const world = createWorld({ heartbeatSeconds: 60, policy: { deadlineSeconds: 600 } });
    const action = world.launch();
    world.at(300, () => world.cluster.apply(node()));
    await world.run(action);
    const gaps = world.heartbeats.slice(1).map((at, index) => at - (world.heartbeats[index] ?? 0));
    expect(world.heartbeats.length).toBeGreaterThanOrEqual(15);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(21_000);
    expect(world.completions).toMatchObject([{ answer: 'accepted' }]);
  });

  it.each([
    ['is not in the cluster', {}, undefined],
    ['does not want the node', {}, { nodeSelector: { 'kubernetes.io/os': 'windows' } }],
    [
      'is kept away by taints of the group',
      { tags: gpuTaint() },
      { tolerations: [{ key: 'other', operator: 'Exists' }] },
    ],
  ])('does not wait for a DaemonSet that %s', async (_, options, spec) => {
    const world = createWorld({ ...options, daemonSets: [] });
    if (spec) world.cluster.apply(daemonSet('aws-node', { spec }));
    world.cluster.stop();
    world.cluster.apply(node({ status: ready() }));
    expect((await world.run(world.launch())).end.reason).toBe('ready');
  });

  it('needs no DaemonSet where none is required', async () => {
    const world = createWorld({ policy: { requiredDaemonSets: [] } });
    world.cluster.stop();
    world.cluster.apply(node({ status: ready() }));
    expect((await world.run(world.launch())).end.reason).toBe('ready');
  });

  it('goes on in a new execution after 2,000 ticks', async () => {
    const world = createWorld();
    const action = world.launch();
    const first = await world.tickOnce({ action, state: null, execution: 'one' });
    if (first.status !== 'again') throw new Error('done already');
    expect(first.continueAs).toBeNull();
    const state = { ...first.state, ticks: 1_999 };
    const last = await world.tickOnce({ action, state, execution: 'one' });
    expect(last).toMatchObject({ status: 'again', continueAs: 'one-c2', state: { ticks: 0 } });
  });

  it('is told in one log line and by metrics', async () => {
    const world = createWorld();
    world.cluster.apply(node());
    const action = world.launch();
    await world.run(action);
    expect(world.logged('launch ended')).toMatchObject([
      {
        level: 'info',
        fields: {
          instance: instanceId,
          cluster: 'demo',
          node: nodeName,
          end: { reason: 'ready' },
          seconds: 1,
          ticks: 1,
        },
      },
    ]);
    expect(world.metrics).toEqual([
      { name: 'LaunchesEnded', value: 1, dimensions: { End: 'ready' } },
      { name: 'LaunchesAlarming', value: 0, dimensions: undefined },
      { name: 'LaunchDuration', value: 1, dimensions: { End: 'ready' } },
      { name: 'LaunchesAlarming', value: 0, dimensions: { Cluster: 'demo' } },
      { name: 'LaunchDuration', value: 1, dimensions: { Cluster: 'demo' } },
    ]);
  });

  it('ends its tick in time and comes back at once', async () => {
    const world = createWorld();
    world.cluster.apply(node({ status: notReady('KubeletNotReady', 'starting') }));
    const action = world.launch();
    const output = await world.tickOnce({ action, state: null, execution: 'one' }, 7);
    expect(output).toMatchObject({ status: 'again', waitSeconds: 5, summary: { phase: 'waiting-for-ready' } });
    expect(world.seconds()).toBe(7);
  });
});

function gpuTaint(): Record<string, string> {
  return { 'k8s.io/cluster-autoscaler/node-template/taint/dedicated': 'gpu:NoSchedule' };
}

function ready(): object {
  return { conditions: [{ type: 'Ready', status: 'True' }] };
}
