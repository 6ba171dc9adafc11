import { describe, expect, it } from 'vitest';
import { readWaivers } from '../../../shared/audit-files/read-waivers.ts';
import { subnetArn } from '../../shared/audit/network/builders.ts';
import { createWorld, rightTag, wrongTag } from './audit-world.ts';

const ids = (results: readonly { id: string; resource: string }[] | undefined) =>
  (results ?? []).filter(({ id }) => id === 'NET-05').map(({ resource }) => resource.split('/').at(-1));

describe('the audit of subnets', () => {
  it('keeps a report and its page, and tells all that is wrong as new the first time', async () => {
    const world = createWorld();
    const output = await world.audit();
    expect(ids(world.finding('NET-05'))).toEqual(['a']);
    expect(world.kept[0]?.page).toContain(subnetArn('a'));
    expect(ids(world.told[0]?.changes.new)).toEqual(['a']);
    expect(world.told[0]?.url).toBe('s3://bucket/1.json');
    expect(output).toMatchObject({ report: 's3://bucket/1.json', resolved: 0, new: world.told[0]?.changes.new.length });
    const high = { Severity: 'high' };
    const now = world.metric('AuditFindings').find(({ dimensions }) => dimensions?.Severity === 'high');
    expect(now?.value).toBeGreaterThan(0);
    expect(world.metric('AuditFindingsNew')).toContainEqual({
      name: 'AuditFindingsNew',
      value: now?.value,
      dimensions: high,
    });
    expect(world.metric('AuditsSucceeded')).toMatchObject([{ value: 1 }]);
  });

  it('tells nobody anything when nothing has changed', async () => {
    const world = createWorld();
    await world.audit();
    expect(await world.audit()).toMatchObject({ new: 0, resolved: 0 });
    expect(world.told).toHaveLength(1);
    expect(
      world
        .metric('AuditFindingsNew')
        .slice(-5)
        .map(({ value }) => value),
    ).toEqual([0, 0, 0, 0, 0]);
    expect(
      world
        .metric('AuditFindings')
        .slice(-5)
        .some(({ value }) => value > 0),
    ).toBe(true);
  });

  it('tells what is new and what is resolved since the run before, and nothing else', async () => {
    const world = createWorld({ subnets: { a: wrongTag, b: rightTag } });
    await world.audit();
    world.given = { subnets: { a: rightTag, b: wrongTag } };
    await world.audit();
    const [, news] = world.told;
    expect(ids(news?.changes.new)).toEqual(['b']);
    expect(ids(news?.changes.resolved)).toEqual(['a']);
    const marked = world.written.filter(({ message, fields }) => message === 'audit finding' && fields.new);
    expect(marked.slice(-1)).toMatchObject([{ level: 'warn', fields: { resource: expect.stringContaining('b') } }]);
  });

  it('resolves nothing that it could not see, says that it is incomplete, and knows it again', async () => {
    const world = createWorld();
    await world.audit();
    const { Subnets: _, ...blind } = await world.ports.takeSnapshot({ clusterNames: [], vpcIds: [] }, never);
    const { takeSnapshot } = world.ports;
    world.ports.takeSnapshot = async () => ({
      ...blind,
      denied: [{ action: 'ec2:DescribeSubnets', about: 'vpc-1', message: 'UnauthorizedOperation: no' }],
    });
    const output = await world.audit();
    expect(output).toMatchObject({ complete: false, resolved: 0 });
    expect(output.counts.UNKNOWN).toBeGreaterThan(0);
    expect(world.metric('AuditUnknowns').at(-1)?.value).toBe(output.counts.UNKNOWN);
    const report = world.kept.at(-1)?.report;
    expect(report?.results.filter(({ id, status }) => id === 'NET-05' && status === 'PASS')).toEqual([]);
    expect(report?.denied.map(({ action }) => action)).toContain('ec2:DescribeSubnets');
    expect(ids(report?.unseen)).toEqual(['a']);
    world.ports.takeSnapshot = takeSnapshot;
    await world.audit();
    expect(ids(world.told.slice(1).flatMap(({ changes }) => changes.new))).toEqual([]);
    expect(world.finding('NET-05')).toMatchObject([{ since: '2026-03-01T08:00:00.000Z' }]);
  });

  it('tells nobody of what is waived', async () => {
    const world = createWorld();
    const text = 'waivers: [{id: NET-05, resource: "*subnet/a", reason: x, owner: net, expires: 2026-12-31}]';
    world.ports.waivers = async () => readWaivers(text, 'w.yaml');
    expect((await world.audit()).counts.waived).toBe(1);
    expect(ids(world.told[0]?.changes.new)).toEqual([]);
  });
});

describe('in trouble, the audit of subnets', () => {
  it('succeeds when somebody could not be told, says so, and tells it with the next run', async () => {
    const world = createWorld();
    const [topic] = world.ports.news;
    world.ports.news = [{ name: 'the bus', tell: () => Promise.reject(new Error('NotFound')) }, ...world.ports.news];
    await world.audit();
    expect(world.metric('AuditTellingsFailed')).toMatchObject([{ value: 1 }]);
    expect(world.metric('AuditsSucceeded')).toHaveLength(1);
    const line = world.written.find(({ message }) => message === 'audit not told');
    expect(line).toMatchObject({ level: 'error', fields: { to: 'the bus', report: 's3://bucket/1.json' } });
    world.ports.news = topic ? [topic] : [];
    await world.audit();
    expect(ids(world.told[1]?.changes.new)).toEqual(['a']);
    await world.audit();
    expect(world.told).toHaveLength(2);
    expect(world.metric('AuditTellingsFailed').at(-1)).toMatchObject({ value: 0 });
  });

  it.each([
    ['the snapshot cannot be taken', { takeSnapshot: () => Promise.reject(new Error('not to be had')) }],
    ['the waivers are wrong', { waivers: () => Promise.reject(new Error('not to be had')) }],
  ])('fails when %s, and tells nothing', async (_, ports) => {
    const world = createWorld();
    Object.assign(world.ports, ports);
    await expect(world.audit()).rejects.toThrow('not to be had');
    expect([world.metrics, world.kept, world.told]).toEqual([[], [], []]);
  });

  it('begins anew when the report that it remembers is of another version', async () => {
    const world = createWorld();
    world.remembered.set('latest', '{"version":1}');
    await world.audit();
    expect(ids(world.told[0]?.changes.new)).toEqual(['a']);
    expect(world.written.map(({ message }) => message)).toContain('remembered report unusable');
  });
});

const never = new AbortController().signal;
