import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../sandbox/cluster/objects.ts';
import { drainAnnotation, type Mark } from '../../../shared/lifecycle/mark.ts';
import { beginDrain } from '../../../shared/manual/begin-drain.ts';
import type { CommonRequest } from '../../../shared/manual/drain-request.ts';
import { finishRequest } from '../../../shared/manual/finish-request.ts';
import { type DrainOutput, type JudgePorts, judgeDrain } from '../../../shared/manual/judge-drain.ts';
import type { ExecutionStatus } from '../../../shared/ports.ts';
import { createManualWorld } from '../../functions/drain/manual-world.ts';
import { instanceId, nodeName } from '../drain/drain-world.ts';

const common: CommonRequest = {
  ...{ requestId: 'req1', requestedBy: 'ana', account: '123456789012', region: 'us-east-1', cluster: 'demo' },
  ...{ options: {}, maxUnavailable: 1 },
};
const node = { name: nodeName, instanceId, zone: 'b' };
const ours = `${instanceId}-manual-req1`;
const signal = new AbortController().signal;

async function setUp(mark?: Partial<Mark>) {
  const world = await createManualWorld(2);
  const { clock, cluster, opened } = world;
  const put = (name: string, given: Partial<Mark>) => {
    const at = new Date(clock.now()).toISOString();
    const times = { startedAt: at, deadlineAt: at, endsAt: at, markedAt: at, seenAt: at };
    const marks = {
      version: 1,
      drain: ours,
      execution: 'other',
      ours: { label: false, cordon: true },
      ...times,
      ...given,
    };
    const found = (structuredClone(cluster.get('nodes', name)) ?? expect.fail('no node')) as unknown as Manifest;
    found.metadata = { ...found.metadata, annotations: { [drainAnnotation]: JSON.stringify(marks) } };
    found.spec = { ...(found.spec as object), unschedulable: true };
    cluster.apply(found);
  };
  if (mark) put(nodeName, mark);
  const asked: string[] = [];
  const ports = (status: ExecutionStatus): JudgePorts => ({
    ...opened,
    ...{ groups: world.ports.groups, clock },
    statusOf: async (execution) => {
      asked.push(execution);
      return status;
    },
  });
  const judge = (output: DrainOutput, status: ExecutionStatus = 'SUCCEEDED', request = common, tries = 0) =>
    clock.runUntil(judgeDrain(request, node, { output, tries }, ports(status), signal));
  const begin = () => clock.runUntil(beginDrain(common, node, { ...opened, clock }, signal));
  return { ...world, put, judge, begin, asked };
}

const drained: DrainOutput = {
  end: { reason: 'drained', completion: null, text: 'gone', alarm: false },
  report: 's3://r',
};
const long = new Date(0).toISOString();

describe('what became of a drain', () => {
  it('is what its execution answered', async () => {
    const { judge, asked } = await setUp();
    expect(await judge(drained)).toEqual({
      status: 'done',
      outcome: { node: nodeName, outcome: 'drained', text: 'drained: gone', reason: 'drained', report: 's3://r' },
    });
    expect(asked).toEqual([]);
  });

  it.each<[string, Partial<Mark> | undefined, ExecutionStatus, object]>([
    ['asked again while it runs', {}, 'RUNNING', { status: 'again', waitSeconds: 30 }],
    ['asked again while a redrive is due', {}, 'PENDING_REDRIVE', { status: 'again', waitSeconds: 30 }],
    ['asked again while it goes on under another name', {}, 'SUCCEEDED', { status: 'again', waitSeconds: 300 }],
    ['its end by the mark', { ended: 'drained' }, 'SUCCEEDED', { outcome: { outcome: 'drained', reason: 'drained' } }],
    [
      'a bad end by the mark',
      { ended: 'deadline' },
      'SUCCEEDED',
      { outcome: { outcome: 'failed', reason: 'deadline' } },
    ],
    [
      'a failure when it is silent',
      { seenAt: long },
      'SUCCEEDED',
      { outcome: { outcome: 'failed', text: expect.stringContaining('is silent; it stays cordoned') } },
    ],
    [
      'a failure when its execution failed',
      {},
      'FAILED',
      { outcome: { outcome: 'failed', text: expect.stringContaining('is FAILED') } },
    ],
    [
      'a failure when it was never started',
      { queued: true, begins: true },
      'missing',
      { outcome: { outcome: 'failed' } },
    ],
    ['stopped when its marks are gone', undefined, 'SUCCEEDED', { outcome: { outcome: 'stopped' } }],
    [
      'left to another drain that has the node',
      { drain: 'i-0-token' },
      'SUCCEEDED',
      { outcome: { outcome: 'drained', reason: 'handed-over' } },
    ],
    [
      'that of another drain that is over',
      { drain: 'i-0-token', ended: 'deadline' },
      'SUCCEEDED',
      { outcome: { outcome: 'failed', reason: 'deadline' } },
    ],
  ])('is %s', async (_, mark, status, expected) => {
    const { judge, asked } = await setUp(mark);
    expect(await judge(null, status)).toMatchObject(expected);
    expect(asked).toEqual([`${instanceId}-manual-req1`]);
  });

  it('is drained when the node is gone', async () => {
    const { judge, cluster } = await setUp();
    cluster.remove('nodes', nodeName);
    expect(await judge(null)).toMatchObject({ outcome: { outcome: 'drained', reason: 'no-node' } });
  });

  it('takes the permission to begin from the others, and its own if it never began', async () => {
    const world = await setUp({ queued: true, begins: true });
    world.put('n1.ec2.internal', { drain: 'i-000000001-manual-req1', queued: true });
    await world.judge(null, 'FAILED');
    expect(world.marked()).toEqual([]);
    expect(world.cordoned()).toEqual([]);
  });

  it('leaves alone whose drain is about to begin, and other requests', async () => {
    const world = await setUp({ ended: 'deadline' });
    world.put('n1.ec2.internal', { drain: 'i-000000001-manual-req1', queued: true, begins: true });
    world.put('spare.ec2.internal', { drain: 'i-0aaaaaaaaaaaaaaaa-manual-req2', queued: true });
    await world.judge(null);
    expect(world.marked()).toEqual(world.names);
    expect(world.cluster.get('nodes', 'spare.ec2.internal')?.spec.unschedulable).toBe(true);
  });

  it('waits for Auto Scaling that is busy, and gives it up in the end', async () => {
    const world = await setUp();
    const request = { ...common, terminate: { decrement: false } };
    world.endings.push('busy', 'busy', 'gone');
    expect(await world.judge(drained, 'SUCCEEDED', request, 3)).toEqual({ status: 'again', waitSeconds: 30, tries: 4 });
    expect(await world.judge(drained, 'SUCCEEDED', request, 19)).toMatchObject({
      outcome: { outcome: 'failed', text: expect.stringContaining('busy with the group for too long') },
    });
    expect(await world.judge(drained, 'SUCCEEDED', request)).toMatchObject({ outcome: { outcome: 'failed' } });
    expect(await world.judge(drained, 'SUCCEEDED', request)).toMatchObject({ outcome: { terminated: true } });
    expect(world.ended).toEqual([{ instanceId, decrement: false }]);
  });
});

describe('a drain', () => {
  it('begins while its node has the mark, and again when it is asked again', async () => {
    const { begin } = await setUp({ queued: true });
    const go = { status: 'go', execution: ours, action: { kind: 'manual', node: nodeName, requestedBy: 'ana' } };
    expect(await begin()).toMatchObject(go);
    expect(await begin()).toMatchObject(go);
  });

  it.each<[string, Partial<Mark> | undefined, object]>([
    ['has no mark any more', undefined, { outcome: 'not-begun' }],
    [
      'is another drain’s',
      { drain: 'i-0-token', execution: 'x' },
      { outcome: 'drained', text: 'handed-over: x drains it' },
    ],
    ['another drain has left', { drain: 'i-0-token', ended: 'aborted', execution: 'x' }, { outcome: 'stopped' }],
  ])('does not begin on a node that %s', async (_, mark, outcome) => {
    const { begin } = await setUp(mark);
    expect(await begin()).toMatchObject({ status: 'done', outcome });
  });

  it('need not begin on a node that is gone', async () => {
    const { begin, cluster } = await setUp();
    cluster.remove('nodes', nodeName);
    expect(await begin()).toMatchObject({ outcome: { outcome: 'drained', reason: 'no-node' } });
  });
});

describe('a request', () => {
  const of = (outcome: 'drained' | 'failed' | 'stopped' | 'not-begun', name: string) => ({
    node: name,
    outcome,
    text: `${outcome}: x`,
  });

  it.each([
    ['drained', [of('drained', 'a'), of('drained', 'b')], 'drained', '2 of 2 nodes drained'],
    [
      'stopped',
      [of('drained', 'a'), of('not-begun', 'b')],
      'stopped',
      '1 of 2 nodes drained; not begun and as before: b',
    ],
    [
      'failed',
      [of('failed', 'a'), of('not-begun', 'b')],
      'failed',
      '0 of 2 nodes drained; a failed: x; not begun and as before: b',
    ],
    ['failed when nothing is known of its nodes', [], 'failed', '0 of 2 nodes drained; not begun and as before: a, b'],
  ])('is %s', async (_, results, status, text) => {
    const { clock, opened } = await setUp();
    const nodes = [{ name: 'a' }, { name: 'b' }];
    const finished = await clock.runUntil(finishRequest(common, nodes, results, opened, signal));
    expect(finished).toMatchObject({ version: 1, requestId: 'req1', status, text });
    expect(finished.nodes.map(({ node }) => node)).toEqual(['a', 'b']);
  });

  it('takes back at its end what was never begun', async () => {
    const world = await setUp({ queued: true });
    const finishing = finishRequest(common, [{ name: nodeName }], [], world.opened, signal);
    await world.clock.runUntil(finishing);
    expect(world.marked()).toEqual([]);
    expect(world.cordoned()).toEqual([]);
  });
});
