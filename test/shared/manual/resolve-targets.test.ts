import { describe, expect, it } from 'vitest';
import type { InventoryPort } from '../../../shared/inventory-port.ts';
import type { GroupMember } from '../../../shared/manual/group-members.ts';
import { nearNames } from '../../../shared/manual/near-names.ts';
import { resolveTargets } from '../../../shared/manual/resolve-targets.ts';
import { type ManualTarget, targetText } from '../../../shared/manual/target.ts';
import { failed } from '../lifecycle/builders.ts';
import { aPlanNode } from '../plan/builders.ts';

const signal = new AbortController().signal;
const all = ['worker-1', 'worker-2', 'spare'].map((name) => aPlanNode(name));
const twin = aPlanNode('twin', { providerId: 'aws:///us-east-1a/i-worker-1' });
const member = (instanceId: string, lifecycleState = 'InService'): GroupMember => ({
  instanceId,
  lifecycleState,
  zone: 'a',
});

function resolve(target: ManualTarget, { nodes = all, members = [] as GroupMember[], tags = {} } = {}) {
  const inventory: Pick<InventoryPort, 'listNodes'> = {
    listNodes: async (selector) =>
      selector === 'a b'
        ? failed({ code: 400, message: 'unable to parse' })
        : { ok: true, value: selector === 'role=none' ? [] : nodes },
  };
  const groups = {
    describeGroup: async (name: string) => (name === 'demo' ? { name, tags } : undefined),
    groupInstances: async () => members,
  };
  return resolveTargets(target, { inventory, groups }, signal);
}
const named = (...names: string[]) => ({ found: 'nodes', nodes: names.map((name) => ({ name })) });

describe('a target', () => {
  it.each<[ManualTarget, string, ReturnType<typeof named>]>([
    [{ node: 'spare' }, 'node spare', named('spare')],
    [{ nodes: ['spare', 'worker-1', 'spare'] }, '3 nodes', named('spare', 'worker-1')],
    [{ nodes: ['spare'] }, 'node spare', named('spare')],
    [{ instance: 'i-worker-2' }, 'instance i-worker-2', named('worker-2')],
    [{ selector: 'role=web' }, 'nodes with role=web', named('worker-1', 'worker-2', 'spare')],
  ])('%j is called %s', async (target, text, answer) => {
    expect(targetText(target)).toBe(text);
    expect(await resolve(target)).toMatchObject(answer);
  });

  it.each<[ManualTarget, string, string[]]>([
    [{ node: 'worker-3' }, 'there is no node worker-3', ['worker-1', 'worker-2']],
    [{ nodes: [] }, 'no node is named', []],
    [{ instance: 'i-9' }, 'no node of this cluster runs on i-9', []],
    [{ instance: '2' }, 'no node of this cluster runs on 2', []],
    [{ selector: 'role=none' }, 'no node has the labels role=none', []],
    [{ asg: 'other' }, 'there is no Auto Scaling group other in this account and region', []],
    [{ asg: 'demo' }, 'group demo has no instances', []],
  ])('%j means no node: %s', async (target, text, near) => {
    expect(await resolve(target)).toEqual({ found: 'none', text, near, withoutNode: [] });
  });

  it('that is an instance of two nodes names both', async () => {
    const two = { found: 'two-nodes', instanceId: 'i-worker-1', nodes: ['twin', 'worker-1'] };
    expect(await resolve({ instance: 'i-worker-1' }, { nodes: [...all, twin] })).toMatchObject(two);
    const asked = resolve({ asg: 'demo' }, { nodes: [...all, twin], members: [member('i-worker-1')] });
    expect(await asked).toMatchObject(two);
  });

  it('that is a group tells of instances without a Node', async () => {
    const members = [member('i-worker-2'), member('i-lost', 'Pending')];
    const lost = [{ instanceId: 'i-lost', lifecycleState: 'Pending', zone: 'a' }];
    expect(await resolve({ asg: 'demo' }, { members })).toMatchObject({ ...named('worker-2'), withoutNode: lost });
    expect(await resolve({ asg: 'demo' }, { members: members.slice(1) })).toMatchObject({
      found: 'none',
      withoutNode: lost,
    });
  });

  it('that EKS manages is left to EKS', async () => {
    const answer = await resolve(
      { asg: 'demo' },
      { members: [member('i-worker-2')], tags: { 'eks:nodegroup-name': 'ng' } },
    );
    expect(answer).toMatchObject({ found: 'eks-managed', nodegroup: 'ng', text: expect.stringMatching('eksctl') });
  });

  it('cannot be a group without AWS', async () => {
    const inventory = { listNodes: async () => ({ ok: true as const, value: all }) };
    expect(await resolveTargets({ asg: 'demo' }, { inventory }, signal)).toMatchObject({ found: 'no-aws' });
  });

  it('that the server does not understand is its failure', async () => {
    expect(await resolve({ selector: 'a b' })).toMatchObject({ found: 'unreadable', failure: { code: 400 } });
  });
});

it.each([
  ['ip-10-0-1-1', ['ip-10-0-1-10.ec2.internal', 'ip-10-0-1-11.ec2.internal']],
  ['ip-10-0-1-10.ec2.internl', ['ip-10-0-1-10.ec2.internal', 'ip-10-0-1-11.ec2.internal']],
  ['elsewhere', []],
  ['', []],
])('near %j are %j', (asked, near) => {
  expect(nearNames(asked, ['ip-10-0-1-11.ec2.internal', 'ip-10-0-1-10.ec2.internal', 'gpu-node'])).toEqual(near);
});
