import { describe, expect, it } from 'vitest';
import {
  createWorld,
  daemonSet,
  instanceId,
  node,
  nodeName,
  nodeRole,
  notReady,
  startUpTaint,
} from './launch-world.ts';

type World = ReturnType<typeof createWorld>;
const cni = 'container runtime network not ready: cni plugin not initialized';
const policy = { deadlineSeconds: 300 };
const absent = { mode: 'API_AND_CONFIG_MAP', entryType: undefined } as const;

describe('an instance that is not a ready node by the deadline is abandoned, and it is said why', () => {
  it.each<[string, (world: World) => void, string]>([
    ['instance-not-running', ({ aws }) => (aws.instance = { ...shape(aws.instance), state: 'stopped' }), 'is stopped'],
    ['role-not-mapped', ({ aws }) => (aws.accessEntry = absent), nodeRole],
    [
      'no-node-role',
      ({ aws }) => (aws.instance = { ...shape(aws.instance), instanceProfileArn: undefined }),
      'profile',
    ],
    [
      'wrong-cluster-tag',
      ({ aws }) => (aws.instance = { ...shape(aws.instance), tags: { 'kubernetes.io/cluster/old': 'owned' } }),
      'cluster old',
    ],
    ['missing-cluster-tag', ({ aws }) => (aws.instance = { ...shape(aws.instance), tags: {} }), 'lacks the tag'],
    ['bootstrap-failed', ({ aws }) => (aws.console = 'Exited with error on line 7'), 'line 7'],
    ['no-node', () => undefined, 'no Node has the provider ID'],
    ['name-taken', ({ cluster }) => cluster.apply(node({ id: 'i-0old' })), 'i-0old'],
    [
      'node-not-ready',
      ({ cluster }) => cluster.apply(node({ status: notReady('KubeletNotReady', 'PLEG is not healthy') })),
      'PLEG is not healthy',
    ],
    [
      'kubelet-silent',
      ({ cluster }) => cluster.apply(node({ status: notReady('NodeStatusUnknown', 'stopped posting', 'Unknown') })),
      'stopped posting',
    ],
  ])('%s', async (code, arrange, text) => {
    const world = createWorld({ policy });
    arrange(world);
    const { end } = await world.run(world.launch());
    expect(end).toMatchObject({ reason: 'never-ready', code, completion: 'ABANDON', alarm: true });
    expect(end.text).toContain(text);
    expect(world.seconds()).toBe(240);
    expect(world.completions).toMatchObject([{ result: 'ABANDON', answer: 'accepted' }]);
    expect(world.logged('launch ended')).toMatchObject([{ level: 'error', fields: { end: { code } } }]);
    expect(world.metrics).toContainEqual({ name: 'LaunchesAlarming', value: 1, dimensions: undefined });
  });

  it('cni-pod-not-running, with what its container waits for', async () => {
    const world = createWorld({ policy, daemonSets: ['kube-proxy'] });
    world.cluster.apply(daemonSet('aws-node', { annotations: { 'sandbox/ready-after': 'never' } }));
    world.cluster.apply(node({ status: notReady('KubeletNotReady', cni) }));
    const action = world.launch();
    await world.clock.advance(5_000);
    for (const pod of world.cluster.list('pods', 'kube-system')) {
      if (!pod.metadata.name.startsWith('aws-node')) continue;
      const waiting = { reason: 'ImagePullBackOff', message: 'Back-off pulling image' };
      const containerStatuses = [{ name: 'aws-node', state: { waiting } }];
      world.cluster.apply({ ...pod, status: { ...pod.status, containerStatuses } } as never);
    }
    const { end } = await world.run(action);
    expect(end).toMatchObject({ code: 'cni-pod-not-running', completion: 'ABANDON' });
    expect(end.text).toContain('(aws-node: ImagePullBackOff): Back-off pulling image');
    expect(end.fix).toMatch(/^kubectl -n kube-system describe pod aws-node-/);
    const [event] = world.events();
    expect(event).toMatchObject({ type: 'Warning', reason: 'LaunchNeverReady' });
    expect(event?.message).toContain('ImagePullBackOff');
    expect(world.node()?.spec.taints).toEqual([startUpTaint]);
  });

  it('role-not-mapped, but not where aws-auth has a row for it or cannot be read', async () => {
    for (const [roles, code] of [
      ['- rolearn: arn:aws:iam::123456789012:role/nodes', 'no-node'],
      ['- rolearn: arn:aws:iam::123456789012:role/others', 'role-not-mapped'],
    ] as const) {
      const world = createWorld({ policy });
      world.aws.accessEntry = { mode: 'CONFIG_MAP', entryType: undefined };
      const metadata = { name: 'aws-auth', namespace: 'kube-system' };
      world.cluster.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { mapRoles: roles } });
      expect((await world.run(world.launch())).end.code).toBe(code);
    }
    const world = createWorld({ policy });
    world.aws.accessEntry = absent;
    const answer = { status: 403, body: { kind: 'Status', message: 'no' } };
    world.cluster.faults.add({ match: /configmaps/, effect: { answer } });
    const { end } = await world.run(world.launch());
    expect(end).toMatchObject({ code: 'no-node', text: expect.stringContaining('not known: the ConfigMap aws-auth') });
  });

  it('even when nothing of AWS can be asked: that is said, too', async () => {
    const world = createWorld({ policy });
    const no = async () => Promise.reject(new Error('AccessDenied'));
    world.ports.diagnosis = { instance: no, nodeRoleArn: no, accessEntry: no, consoleOutput: no };
    const { end } = await world.run(world.launch());
    expect(end).toMatchObject({ code: 'no-node', completion: 'ABANDON' });
    expect(end.text).toContain('not known: the instance, the node role, the access entries, the console');
  });

  it.each(['nodeRoleArn', 'accessEntry', 'consoleOutput'] as const)('also when %s cannot be asked', async (method) => {
    const world = createWorld({ policy });
    world.ports.diagnosis[method] = async () => Promise.reject(new Error('Throttling'));
    expect((await world.run(world.launch())).end.text).toContain('not known: ');
  });

  it('also when nothing of AWS answers: the diagnosis does not outlive its tick', async () => {
    const world = createWorld({ policy });
    const hang = (...call: unknown[]) =>
      new Promise<never>((_, reject) => {
        const signal = call.at(-1) as AbortSignal;
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    const { nodeRoleArn, instance } = world.ports.diagnosis;
    world.ports.diagnosis = { instance: hang, nodeRoleArn: hang, accessEntry: hang, consoleOutput: hang };
    world.ports.autoScaling.countAbandoned = hang;
    const { end } = await world.run(world.launch());
    expect(end).toMatchObject({ reason: 'never-ready-kept', code: 'no-node', completion: 'CONTINUE' });
    expect(end.text).toContain('not known: the instance, the node role, the access entries, the console');
    expect(world.seconds()).toBeLessThan(240 + 90);

    const slow = createWorld({ policy });
    slow.ports.diagnosis = { instance, nodeRoleArn, accessEntry: hang, consoleOutput: hang };
    expect((await slow.run(slow.launch())).end.text).toMatch(/not known: the access entries, the console$/);
    expect(slow.seconds()).toBeLessThan(240 + 45);
  });

  it('by the global timeout of its hook, where that is sooner', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 9_000 }, heartbeatSeconds: 30 });
    const { end } = await world.run(world.launch(), 500);
    expect(end).toMatchObject({ reason: 'never-ready', completion: 'ABANDON' });
    expect(world.seconds()).toBe(2_940);
    expect(world.completions).toMatchObject([{ answer: 'accepted' }]);
  });
});

describe('an instance that never was ready is kept, with an alarm', () => {
  it('after three abandoned launches of its group', async () => {
    const world = createWorld({ policy, defaultResult: 'ABANDON' });
    world.aws.abandoned = 3;
    const asked: unknown[] = [];
    const { countAbandoned } = world.ports.autoScaling;
    world.ports.autoScaling.countAbandoned = async (group, since, signal) => {
      asked.push([group, (world.clock.now() - since) / 1000]);
      return countAbandoned(group, since, signal);
    };
    const { end } = await world.run(world.launch());
    expect(end).toMatchObject({ reason: 'never-ready-kept', code: 'no-node', completion: 'CONTINUE', alarm: true });
    expect(end.text).toContain('3 launches were abandoned within 60 minutes');
    expect(end.text).toContain('DefaultResult ABANDON');
    expect(asked).toEqual([['example-asg', 3_600]]);
  });

  it('when they cannot be counted', async () => {
    const world = createWorld({ policy });
    world.ports.autoScaling.countAbandoned = async () => Promise.reject(new Error('Throttling'));
    expect((await world.run(world.launch())).end).toMatchObject({ reason: 'never-ready-kept', completion: 'CONTINUE' });
  });
});

describe('an instance that EC2 ends', () => {
  it('is not waited for', async () => {
    const world = createWorld();
    const action = world.launch();
    world.at(60, () => {
      world.aws.instance = { ...shape(world.aws.instance), state: 'terminated', stateReason: 'Client.InternalError' };
    });
    const { end } = await world.run(action);
    expect(end).toMatchObject({ reason: 'instance-gone', completion: 'ABANDON', alarm: true });
    expect(end.text).toBe(`${instanceId} is terminated (Client.InternalError) before it was a ready node`);
    expect(world.seconds()).toBeLessThan(120);
  });

  it('is not asked about while its node is ready', async () => {
    const world = createWorld();
    world.cluster.apply(node({ status: { conditions: [{ type: 'Ready', status: 'True' }] } }));
    world.ports.diagnosis.instance = async () => Promise.reject(new Error(`${nodeName} is ready`));
    expect((await world.run(world.launch())).end.reason).toBe('ready');
    expect(world.logged('not looked at')).toEqual([]);
  });
});

function shape<T>(instance: T | 'unknown' | undefined): T {
  if (instance === undefined || instance === 'unknown') throw new Error('there is no instance');
  return instance;
}
