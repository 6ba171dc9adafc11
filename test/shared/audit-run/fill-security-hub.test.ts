import { describe, expect, it } from 'vitest';
import { readWaivers } from '../../../shared/audit-files/read-waivers.ts';
import { createWorld, rightTag, wrongTag } from '../../functions/subnet-audit/audit-world.ts';

type World = ReturnType<typeof createWorld>;
const of = (world: World, id: string) =>
  world.imported
    .flat()
    .filter(({ GeneratorId, Compliance }) => GeneratorId.endsWith(id) && Compliance.Status === 'FAILED');
const refused = (code: string) => (batch: Parameters<World['refusing']>[0]) =>
  batch.map(({ Id: id }) => ({ id, code, message: 'no' }));

describe('Security Hub', () => {
  it('gets what was found in batches of a hundred, and nothing when it is not switched on', async () => {
    const subnets = Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`s${at}`, wrongTag]));
    const world = createWorld({ subnets });
    await world.audit();
    expect(world.imported.length).toBeGreaterThan(1);
    expect(world.imported.slice(0, -1).map(({ length }) => length)).toEqual(world.imported.slice(1).map(() => 100));
    const sent = world.imported.flat().map(({ Id }) => Id);
    expect(new Set(sent).size).toBe(sent.length);
    expect(sent).toHaveLength(world.kept[0]?.report.results.length ?? 0);
    const without = createWorld();
    without.ports.securityHub = undefined;
    await without.audit();
    expect([without.imported, [...without.remembered.keys()]]).toEqual([[], ['latest']]);
  });

  it('has archived what is gone, once', async () => {
    const world = createWorld({ subnets: { a: wrongTag, b: rightTag } });
    await world.audit();
    const [found] = of(world, 'NET-05');
    world.given = { subnets: { b: rightTag } };
    const archived = () => world.imported.flat().filter(({ RecordState }) => RecordState === 'ARCHIVED');
    await world.audit();
    expect(archived().filter(({ Id }) => Id === found?.Id)).toHaveLength(1);
    const count = archived().length;
    await world.audit();
    expect(archived()).toHaveLength(count);
  });

  it('archives with the next run what it did not take, and what it does not know it is not told as known', async () => {
    const world = createWorld({ subnets: { a: wrongTag, b: rightTag } });
    await world.audit();
    const [found] = of(world, 'NET-05');
    world.given = { subnets: { b: rightTag } };
    world.refusing = refused('InternalException');
    await world.audit();
    expect(world.metric('AuditTellingsFailed').map(({ value }) => value)).toEqual([0, 1]);
    world.refusing = () => [];
    world.imported.length = 0;
    await world.audit();
    const last = world.imported.flat().filter(({ Id }) => Id === found?.Id);
    expect(last).toMatchObject([{ RecordState: 'ARCHIVED' }]);
  });

  it('is told once that a finding is suppressed: when it is made, also when that fails at first', async () => {
    const world = createWorld();
    const text = 'waivers: [{id: NET-05, resource: "*subnet/a", reason: x, owner: net, expires: 2026-12-31}]';
    world.ports.waivers = async () => readWaivers(text, 'w.yaml');
    const workflows = () => of(world, 'NET-05').map(({ Workflow }) => Workflow?.Status);
    world.refusing = refused('InternalException');
    await world.audit();
    world.refusing = () => [];
    await world.audit();
    await world.audit();
    expect(workflows()).toEqual(['SUPPRESSED', 'SUPPRESSED', undefined]);
  });

  it('that does not answer fails no audit; the batches after it are left for the next run', async () => {
    const subnets = Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`s${at}`, wrongTag]));
    const world = createWorld({ subnets });
    world.refusing = () => {
      throw new Error('Account 123456789012 is not subscribed to AWS Security Hub');
    };
    expect(await world.audit()).toMatchObject({ report: 's3://bucket/1.json' });
    expect(world.imported).toHaveLength(1);
    const line = world.written.find(({ message }) => message === 'audit not told');
    expect(line).toMatchObject({ fields: { to: 'Security Hub', error: expect.stringContaining('not subscribed') } });
    expect(JSON.parse(world.remembered.get('security-hub') ?? '{}').results).toEqual([]);
    expect(world.metric('AuditsSucceeded')).toHaveLength(1);
  });
});
