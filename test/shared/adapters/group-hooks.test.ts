import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { describe, expect, it, test } from 'vitest';
import { refusal } from '../../../sandbox/aws/service-faults.ts';
import { createGroupHooks } from '../../../shared/adapters/group-hooks.ts';
import { DeniedError } from '../../../shared/adapters/paced-calls.ts';
import { never, startAws } from '../../sandbox/aws/start-aws.ts';
import { hookOf, launchHookOf } from '../lifecycle/hook-builders.ts';

async function start() {
  const aws = await startAws();
  const client = new AutoScalingClient(aws.clientOptions);
  return { ...aws, client, hooks: createGroupHooks(client) };
}

describe('the groups of a cluster', () => {
  it('are all that either tag names, page after page, by name and once', async () => {
    const { hooks, sandbox, operations } = await start();
    const tags = { 'kubernetes.io/cluster/demo': 'owned' };
    for (let at = 0; at < 120; at++) sandbox.scaling.addGroup({ name: `g-${1000 - at}`, tags, hooks: [] });
    sandbox.scaling.addGroup({ name: 'both', tags: { ...tags, 'eks:cluster-name': 'demo' }, hooks: [] });
    sandbox.scaling.addGroup({ name: 'eks', tags: { 'eks:cluster-name': 'demo' }, hooks: [] });
    sandbox.scaling.addGroup({ name: 'other', tags: { 'eks:cluster-name': 'other' }, hooks: [] });
    const names = (await hooks.groupsOf('demo', never)).map(({ name }) => name);
    expect(names).toHaveLength(122);
    expect(names.slice(0, 2)).toEqual(['both', 'eks']);
    expect(names).toEqual([...names].sort());
    expect(operations()).toEqual(Array(3).fill('DescribeAutoScalingGroups'));
  });

  it('tell their tags and which of their instances waits', async () => {
    const { hooks, sandbox } = await start();
    sandbox.scaling.addInstance('workers', 'i-2');
    sandbox.scaling.terminateInstance('i-2');
    expect(await hooks.groupsNamed(['workers', 'nowhere'], never)).toEqual([
      {
        name: 'workers',
        tags: { 'kubernetes.io/cluster/prod': 'owned' },
        instances: [
          { id: 'i-0123456789abcdef0', lifecycleState: 'InService' },
          { id: 'i-2', lifecycleState: 'Terminating:Wait' },
        ],
      },
    ]);
  });

  it('are asked for by name a hundred at a time, which is what a call takes', async () => {
    const { hooks, sandbox, operations } = await start();
    const names = Array.from({ length: 101 }, (_, at) => `g-${at}`);
    for (const name of names) sandbox.scaling.addGroup({ name, tags: {}, hooks: [] });
    expect(await hooks.groupsNamed(names, never)).toHaveLength(101);
    expect(operations()).toHaveLength(2);
  });
});

describe('the hooks of a group', () => {
  it('are what was put, value by value, and putting again replaces them', async () => {
    const { hooks } = await start();
    await hooks.remove('workers', 'drain', never);
    expect(await hooks.put('workers', hookOf({ heartbeatSeconds: 60, defaultResult: 'ABANDON' }), never)).toBe('done');
    expect(await hooks.put('workers', launchHookOf(), never)).toBe('done');
    expect(await hooks.put('workers', hookOf(), never)).toBe('done');
    expect(await hooks.hooksOf('workers', never)).toEqual([hookOf(), launchHookOf()]);
  });

  it('are left without a target, a role or metadata where there are none', async () => {
    const { hooks } = await start();
    expect(await hooks.hooksOf('workers', never)).toEqual([
      hookOf({ name: 'drain', heartbeatSeconds: 300, topicArn: undefined, roleArn: undefined, metadata: undefined }),
    ]);
  });

  it('are gone with their group, and a hook that is gone is not deleted twice', async () => {
    const { hooks } = await start();
    expect(await hooks.hooksOf('nowhere', never)).toBeUndefined();
    expect(await hooks.put('nowhere', hookOf(), never)).toBe('gone');
    expect(await hooks.remove('nowhere', 'drain', never)).toBe('gone');
    expect(await hooks.remove('workers', 'drain', never)).toBe('done');
    expect(await hooks.remove('workers', 'drain', never)).toBe('gone');
  });

  it('are refused with what Auto Scaling says of their values', async () => {
    const { hooks } = await start();
    await expect(hooks.put('workers', hookOf({ heartbeatSeconds: 10 }), never)).rejects.toThrow(
      /^putting hook eks-node-lifecycle-terminate on group workers: ValidationError: HeartbeatTimeout 10 /,
    );
  });
});

test.each([
  ['DescribeAutoScalingGroups', (hooks: Hooks) => hooks.groupsOf('prod', never)],
  ['DescribeLifecycleHooks', (hooks: Hooks) => hooks.hooksOf('workers', never)],
  ['PutLifecycleHook', (hooks: Hooks) => hooks.put('workers', hookOf(), never)],
  ['DeleteLifecycleHook', (hooks: Hooks) => hooks.remove('workers', 'drain', never)],
])('without the right to %s the error names it; throttled calls are made again', async (operation, call) => {
  const { hooks, sandbox, operations } = await start();
  const match = new RegExp(`^${operation}$`);
  const allow = sandbox.faults.add({ match, effect: refusal('autoscaling', 'denied') });
  const error = await call(hooks).catch((thrown: unknown) => thrown as Error);
  expect(error).toMatchObject({ cause: expect.any(DeniedError) });
  expect(error).toMatchObject({ cause: { right: `autoscaling:${operation}` } });
  allow();
  sandbox.faults.add({ match, times: 2, effect: refusal('autoscaling', 'throttled') });
  await call(hooks);
  expect(operations().filter((each) => each === operation).length).toBeGreaterThanOrEqual(4);
});

test('the right that is missing may be one of IAM, which the message names', async () => {
  const { hooks, sandbox } = await start();
  const body =
    '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: arn:aws:iam::1:user/a is not ' +
    'authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/hooks</Message></Error></ErrorResponse>';
  const answer = { status: 403, headers: { 'content-type': 'text/xml' }, body };
  sandbox.faults.add({ match: /^PutLifecycleHook$/, effect: { answer } });
  await expect(hooks.put('workers', hookOf(), never)).rejects.toMatchObject({ cause: { right: 'iam:PassRole' } });
});

test('a call that is aborted ends with the reason', async () => {
  const { hooks, sandbox } = await start();
  sandbox.faults.add({ match: /Describe/, effect: { delayMs: 60_000 } });
  const stop = new AbortController();
  const answer = hooks.groupsOf('prod', stop.signal);
  stop.abort(new Error('stopped'));
  await expect(answer).rejects.toThrow('stopped');
});

type Hooks = ReturnType<typeof createGroupHooks>;
