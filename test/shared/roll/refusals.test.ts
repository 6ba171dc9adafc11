import { expect, it, test } from 'vitest';
import { readRollMark, rollTag, writeRollMark } from '../../../shared/roll/roll-mark.ts';
import { createRollWorld, type RollWorld } from './roll-world.ts';

const never = new AbortController().signal;

const refusals: [code: string, arrange: (world: RollWorld) => unknown, says: string][] = [
  ['managed-node-group', ({ group }) => Object.assign(group().tags, { 'eks:nodegroup-name': 'ng' }), 'node group ng'],
  [
    'instance-refresh',
    ({ group }) => Object.assign(group(), { refreshes: [{ id: 'r-1', status: 'InProgress' }] }),
    'r-1',
  ],
  ['suspended', ({ group }) => Object.assign(group(), { suspended: ['Terminate'] }), 'Terminate is suspended'],
  ['warm-pool', ({ group }) => Object.assign(group(), { warmPool: { size: 2, reuses: false } }), 'a warm pool of 2'],
  [
    'no-nodes',
    ({ cluster, nodes }) => nodes().forEach((name) => void cluster.remove('nodes', name)),
    'a node of this cluster',
  ],
  [
    'protected',
    ({ scaling, old }) => scaling.addInstance('workers', old[1] ?? '', { protectedFromScaleIn: true }),
    'i-00000000000000001',
  ],
  ['mark-unreadable', ({ group }) => Object.assign(group().tags, { [rollTag]: 'something' }), 'cannot be read'],
];

test.each(refusals)('a group is refused with %s, and nothing is changed', async (code, arrange, says) => {
  const world = createRollWorld();
  arrange(world);
  const before = structuredClone(world.group());
  const end = await world.roll();
  expect(end).toMatchObject({ outcome: 'refused', reason: { code, text: expect.stringContaining(says) } });
  expect(world.group()).toEqual(before);
  expect(world.steps()).toEqual([]);
  world.end();
});

it('a group that is not there is refused', async () => {
  const world = createRollWorld();
  expect(await world.roll({ groupName: 'nowhere' })).toMatchObject({
    outcome: 'refused',
    reason: { code: 'no-group' },
  });
  world.end();
});

/** A roll that is killed once it has drained a node. */
async function killed(world: RollWorld) {
  const dead = new AbortController();
  void world.clock.sleep(32_000, dead.signal).then(() => dead.abort(new Error('killed')));
  await expect(world.roll({}, { signal: dead.signal })).rejects.toThrow('killed');
  const mark = readRollMark(world.group().tags[rollTag] ?? '');
  if (!mark) throw new Error('it left no mark');
  return mark;
}

it('goes on with what was killed once its process is silent, and not beside one that lives', async () => {
  const world = createRollWorld();
  const mark = await killed(world);
  const seenAt = world.clock.now() + 60_000;
  const alive = world.clock.sleep(15_000, never).then(() => {
    world.group().tags[rollTag] = writeRollMark({ ...mark, seenAt });
  });
  expect(await world.roll()).toMatchObject({ outcome: 'refused', reason: { code: 'other-process' } });
  await alive;
  expect(await world.roll()).toMatchObject({ outcome: 'rolled' });
  expect(world.events.some(({ kind }) => kind === 'resumed')).toBe(true);
  expect(world.scaling.victims).toEqual([]);
  world.end();
});

it('does not wait when it is to take over', async () => {
  const world = createRollWorld();
  await killed(world);
  const before = world.clock.now();
  await world.roll({ takeOver: true, undo: true });
  expect(world.clock.now() - before).toBeLessThan(90_000);
  expect(world.group().desired).toBe(3);
  expect(world.group().tags).toEqual({});
  world.end();
});

it('refuses to mix its selection with that of another roll, unless it is taken over', async () => {
  const world = createRollWorld();
  await killed(world);
  const other = { which: { kind: 'all' } as const };
  expect(await world.roll(other)).toMatchObject({ outcome: 'refused', reason: { code: 'other-roll' } });
  expect(await world.roll({ ...other, takeOver: true })).toMatchObject({ reason: { code: 'other-roll' } });
  world.end();
});

it('yields at once, and drains nothing more, when another process takes over', async () => {
  const world = createRollWorld();
  const taken = world.clock.sleep(35_000, never).then(() => {
    const mark = readRollMark(world.group().tags[rollTag] ?? '');
    if (mark) world.group().tags[rollTag] = writeRollMark({ ...mark, run: 'other' });
  });
  expect(await world.roll()).toMatchObject({ outcome: 'failed', reason: { code: 'taken-over' } });
  await taken;
  expect(readRollMark(world.group().tags[rollTag] ?? '')?.run).toBe('other');
  world.end();
});
