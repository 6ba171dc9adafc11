import { describe, expect, it } from 'vitest';
import type { GroupLookups } from '../../../shared/ports.ts';
import { createInvocation, readEvent, terminateMachine } from './invoke.ts';

const machine = (name: string) => `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;
const networks = [
  { clusters: ['inner', 'other'], terminate: machine('inner-terminate'), launch: machine('inner-launch') },
  { clusters: ['deep'], terminate: machine('deep-terminate'), launch: machine('deep-launch') },
];
const stateMachines = {
  terminate: terminateMachine,
  launch: machine('launch'),
  'spot-interruption': terminateMachine,
};

type Groups = GroupLookups & { asked: string[] };

/** What Auto Scaling knows, and what it was asked for. */
function createGroups(tags: Record<string, string>, asked: string[] = []): Groups {
  return {
    asked,
    describeInstance: async (instanceId: string) => {
      asked.push(instanceId);
      return { groupName: 'example-asg', lifecycleState: 'InService' };
    },
    describeGroup: async (name: string) => {
      asked.push(name);
      return { name, tags };
    },
  };
}

async function machineOf(event: unknown, groups = createGroups({}), clusterName?: string) {
  const settings = { stateMachines, networks, clusterName, topicArns: [] };
  const { invoke, executions } = createInvocation(settings, groups);
  await invoke(event);
  return executions.machines();
}

describe('an action of a cluster without a public endpoint', () => {
  const inner = { 'kubernetes.io/cluster/inner': 'owned' };

  it.each([
    ['sns-terminate.json', 'inner-terminate'],
    ['sns-launch.json', 'inner-launch'],
  ])('of %s goes to the machine of its network: %s', async (file, name) => {
    const groups = createGroups(inner);
    expect(await machineOf(readEvent(file), groups)).toEqual([machine(name)]);
    expect(groups.asked).toEqual(['example-asg']);
  });

  it('that no hook pauses goes to its machine of terminations, by the group of its instance', async () => {
    const groups = createGroups(inner);
    expect(await machineOf(readEvent('eventbridge-spot-interruption.json'), groups)).toEqual([
      machine('inner-terminate'),
    ]);
    expect(groups.asked).toEqual([expect.stringMatching(/^i-/), 'example-asg']);
  });

  it('is told by what its hook says, and nobody is asked', async () => {
    const groups = createGroups(inner);
    const event = JSON.parse(
      JSON.stringify(readEvent('sns-terminate-metadata.json')).replaceAll(/(cluster[\\"]+:[\\" ]+)[\w-]+/g, '$1deep'),
    );
    expect(await machineOf(event, groups)).toEqual([machine('deep-terminate')]);
    expect(groups.asked).toEqual([]);
  });

  it('is told by the setting when its group names no cluster', async () => {
    const event = readEvent('sns-terminate.json');
    expect(await machineOf(event, createGroups({}), 'other')).toEqual([machine('inner-terminate')]);
    expect(await machineOf(event, createGroups({}), 'elsewhere')).toEqual([terminateMachine]);
  });
});

describe('any other action goes to the ordinary machine', () => {
  it.each([
    ['of a cluster in no network', { 'kubernetes.io/cluster/public': 'owned' }],
    [
      'of a group with two clusters, which the tick refuses',
      { 'kubernetes.io/cluster/inner': '', 'kubernetes.io/cluster/deep': '' },
    ],
    ['of a group without a cluster', {}],
  ])('%s', async (_, tags) => {
    expect(await machineOf(readEvent('sns-terminate.json'), createGroups(tags))).toEqual([terminateMachine]);
  });

  it('of a cluster in no network that the hook names, whatever its group says', async () => {
    const groups = createGroups({ 'kubernetes.io/cluster/inner': 'owned' });
    expect(await machineOf(readEvent('sns-terminate-metadata.json'), groups)).toEqual([terminateMachine]);
    expect(groups.asked).toEqual([]);
  });

  it('also of an instance that Auto Scaling does not know', async () => {
    const groups = { ...createGroups({}), describeInstance: async () => undefined };
    expect(await machineOf(readEvent('eventbridge-spot-interruption.json'), groups)).toEqual([terminateMachine]);
  });
});

it('Auto Scaling that does not answer fails the event, which comes again', async () => {
  const describeGroup = async () => {
    throw new Error('throttled');
  };
  const event = readEvent('sns-terminate.json');
  await expect(machineOf(event, { ...createGroups({}), describeGroup })).rejects.toThrow('intake failed: throttled');
});

it('Auto Scaling is not asked where there are no networks', async () => {
  const groups = createGroups({ 'kubernetes.io/cluster/inner': 'owned' });
  const { invoke } = createInvocation({ topicArns: [] }, groups);
  await invoke(readEvent('sns-terminate.json'));
  expect(groups.asked).toEqual([]);
});
