import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { twoClusters } from '../../shared/audit/fix/two-clusters.ts';
import { elb, internalElb } from '../../shared/audit/network/builders.ts';
import { place, refusal, startFix } from './fix-world.ts';

const key = 'kubernetes.io/role/elb';
const typo = { [key]: 'true' };
/** One value to put right, and one tag to take away. */
const snapshot = twoClusters({
  'in-a': { zone: 'a', tags: internalElb },
  'in-b': { zone: 'b', tags: internalElb },
  a: { zone: 'a', via: 'igw', tags: elb },
  b: { zone: 'b', via: 'igw', tags: typo },
  c: { zone: 'c', tags: typo },
});
const create = `create ${key}=1 b`;
const remove = `remove ${key}=true c`;

describe('a fix', () => {
  it('writes its record first, does what it shows, and is taken back to the tag', async () => {
    const world = startFix(snapshot);
    const before = world.all();
    expect(await world.fix()).toBe(0);
    expect(world.calls).toEqual([create, remove]);
    expect(world.recordsAtCalls.map(({ changes }) => changes.map(({ done }) => done))).toEqual([
      ['unknown', false],
      [true, 'unknown'],
    ]);
    expect(world.readRecord()).toMatchObject({
      ...place,
      at: '2026-11-21T09:00:00.000Z',
      changes: [
        { subnet: 'b', key, before: 'true', after: '1', done: true },
        { subnet: 'c', key, before: 'true', after: null, done: true },
      ],
    });
    expect(world.printed()).toContain(`  ~ b  ${key}="true" -> "1"\n  - c  ${key}="true"\n`);
    expect(world.said.at(-1)).toContain(
      `2 of 2 changes made; to take back what was done: enl audit subnets --undo ${world.file}`,
    );

    expect(await world.undo()).toBe(0);
    expect(world.all()).toEqual(before);
    expect(world.readRecord().changes.every(({ undone }) => undone)).toBe(true);
    const calls = world.calls.length;
    expect(await world.undo()).toBe(0);
    expect(world.calls).toHaveLength(calls);
  });

  it.each([
    ['a dry run', { dryRun: true as const }],
    ['somebody who says no', { yes: undefined }],
  ])('changes nothing and writes no record when it is for %s', async (_title, more) => {
    const world = startFix(snapshot);
    expect(await world.fix(more as object)).toBe(0);
    expect([world.calls, world.said]).toEqual([[], ['nothing was changed']]);
    expect(() => world.readRecord()).toThrow('ENOENT');
  });

  it('changes nothing when a tag has changed since it was seen, or a subnet has gone', async () => {
    for (const now of [undefined, { [key]: '' }]) {
      const world = startFix(snapshot);
      if (now) world.tags.set('c', now);
      else world.tags.delete('c');
      await expect(world.fix()).rejects.toThrow(/^c (is not there|has changed: .* was "true" and is "")/);
      expect(world.calls).toEqual([]);
    }
  });

  it('stops when a tag changes between two calls, and says so in its record', async () => {
    const world = startFix(snapshot);
    world.hooks.after = () => world.tags.set('c', { [key]: 'yes' });
    expect(await world.fix()).toBe(1);
    expect(world.calls).toEqual([create]);
    expect(world.readRecord().changes).toMatchObject([
      { done: true },
      { done: false, problem: expect.stringContaining('was "true" and is "yes"') },
    ]);
  });

  it('stops where it may not go on, names the right, and what was done is taken back', async () => {
    const world = startFix(snapshot);
    const before = world.all();
    world.hooks.before = (call) => {
      if (call.startsWith('remove')) throw refusal('ec2:DeleteTags');
    };
    expect(await world.fix()).toBe(1);
    expect(world.said).toContain('Whoever runs this needs the IAM action ec2:DeleteTags.');
    expect(world.readRecord().changes.map(({ done }) => done)).toEqual([true, false]);
    expect(await world.undo()).toBe(0);
    expect(world.all()).toEqual(before);
  });

  it.each([
    ['the tag was written', 'after', { [key]: '1' }],
    ['nothing was written', 'before', { [key]: 'true' }],
  ] as const)(
    'that is interrupted in a call, when %s, leaves a record that can be undone',
    async (_title, when, found) => {
      const world = startFix(snapshot);
      const before = world.all();
      world.hooks[when] = () => {
        world.stop.abort(new Error('interrupted'));
        throw world.stop.signal.reason;
      };
      await expect(world.fix()).rejects.toThrow('interrupted');
      expect(world.readRecord().changes.map(({ done }) => done)).toEqual(['unknown', false]);
      expect(world.tags.get('b')).toMatchObject(found);
      const later = startFix(snapshot);
      later.tags.set('b', { ...world.tags.get('b') });
      writeFileSync(later.file, JSON.stringify(world.readRecord()));
      expect(await later.undo()).toBe(0);
      expect(later.all()).toEqual(before);
    },
  );

  it.each([
    ['account', { ...place, account: '999999999999' }],
    ['region', { ...place, region: 'us-east-1' }],
  ])('is not made, and not undone, with credentials of another %s', async (_what, caller) => {
    const world = startFix(snapshot, caller);
    await expect(world.fix()).rejects.toThrow(/^what was looked at is of account 111122223333 in eu-west-1/);
    const own = startFix(snapshot);
    await own.fix();
    writeFileSync(world.file, JSON.stringify(own.readRecord()));
    await expect(world.undo()).rejects.toThrow(/the credentials are of/);
    expect(world.calls).toEqual([]);
  });

  it('does not write over the record of another one', async () => {
    const world = startFix(snapshot);
    writeFileSync(world.file, '{}');
    await expect(world.fix()).rejects.toThrow('it is there already');
    expect(world.calls).toEqual([]);
  });

  it('is not made while a cluster that may share the VPC was not looked at; a dry run says so', async () => {
    const world = startFix({ ...snapshot, clusters: ['demo', 'other', 'third'] });
    await expect(world.fix()).rejects.toThrow('third could not be looked at');
    expect(await world.fix({ dryRun: true })).toBe(0);
    expect(world.said[0]).toContain('third could not be looked at');
  });
});

describe('taking back', () => {
  it('leaves what has changed meanwhile, and says what it is now', async () => {
    const world = startFix(snapshot);
    await world.fix();
    world.tags.set('b', { [key]: '' });
    expect(await world.undo()).toBe(1);
    expect(world.printed()).toContain(`b  ${key} has changed meanwhile, and is left: it is ""`);
    expect(world.tags.get('b')).toEqual({ [key]: '' });
    expect(world.tags.get('c')).toEqual(typo);
  });

  it('leaves what changes between the look and the call', async () => {
    const world = startFix(snapshot);
    await world.fix();
    world.hooks.answer = () => {
      world.tags.set('b', { [key]: 'new' });
      return true;
    };
    expect(await world.undo({ yes: undefined } as object)).toBe(1);
    expect(world.said).toEqual([expect.stringContaining('made'), `b  ${key} has changed meanwhile, and is left`]);
    expect([world.tags.get('b'), world.tags.get('c')]).toEqual([{ [key]: 'new' }, typo]);
  });

  it.each([
    ['no JSON', 'hello', /is no record of a fix: .*JSON/],
    ['a report', '{"version":2}', /is no record of a fix: version: /],
  ])('refuses %s', async (_title, text, message) => {
    const world = startFix(snapshot);
    writeFileSync(world.file, text);
    await expect(world.undo()).rejects.toThrow(message);
  });
});
