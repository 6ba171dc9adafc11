import { describe, expect, it } from 'vitest';
import { awsAuth, createLogWorld, deletion, groupOf, hourMs, request, unread } from './log-world.ts';

const minuteMs = 60_000;

describe('the audit of logs', () => {
  it('tells what is in the window, remembers until when it looked, and says what it cost', async () => {
    const world = createLogWorld();
    world.happens(deletion('shop'), 'demo', hourMs);
    world.happens(awsAuth('al'), 'demo', hourMs);
    world.happens(deletion('long-ago'), 'demo', 25 * hourMs);
    world.happens(deletion('too-young'), 'demo', 5 * minuteMs);
    expect(await world.run()).toBe(1);
    expect(world.news()).toEqual([['configmaps/kube-system/aws-auth', 'namespaces/shop']]);
    const end = Date.UTC(2026, 10, 21, 11, 50) / 1000;
    expect(world.windows()).toEqual({ 'demo/Q20': end, 'demo/Q28': end });
    expect(world.kept[0]?.page).toContain('namespaces/shop');
    const [bytes] = world.metric('LogBytesScanned');
    expect(bytes).toBeGreaterThan(0);
    const line = world.written.find(({ message }) => message === 'audit ended');
    expect(line?.fields).toMatchObject({
      new: 2,
      complete: true,
      bytesScanned: bytes,
      usd: ((bytes ?? 0) / 1e9) * 0.005,
    });
    expect([world.metric('AuditsSucceeded'), world.metric('AuditTellingsFailed')]).toEqual([[1], [0]]);
  });

  it('tells each event once, those that come late and those that windows share included', async () => {
    const world = createLogWorld();
    await world.run();
    await world.clock.advance(hourMs);
    world.happens(deletion('in-time'), 'demo', 11 * minuteMs);
    await world.run();
    // Before the end of the last window, and delivered only now.
    world.happens(deletion('late'), 'demo', 12 * minuteMs);
    await world.clock.advance(5 * minuteMs);
    await world.run();
    expect(world.news()).toEqual([['namespaces/in-time'], ['namespaces/late']]);
    for (const hours of [12, 13]) {
      await world.clock.advance(hours * hourMs);
      await world.run();
    }
    expect(world.told.at(-1)?.changes.resolved.map(({ resource }) => resource)).toEqual([
      'namespaces/in-time',
      'namespaces/late',
    ]);
  });

  it('goes on in the next tick with queries that run, and asks nothing twice', async () => {
    const world = createLogWorld(['a', 'b']);
    world.happens(deletion('shop'), 'b', hourMs);
    world.insights.settings.runningPolls = 120;
    const { clusterNames } = world.ports;
    let plans = 0;
    world.ports.clusterNames = (signal) => {
      plans += 1;
      return clusterNames(signal);
    };
    expect(await world.run(undefined, 180_000)).toBeGreaterThan(2);
    expect([plans, world.insights.queries.size]).toEqual([1, 4]);
    expect([...world.insights.queries.values()].map(({ status }) => status)).toEqual(Array(4).fill('Complete'));
    expect(world.news()).toEqual([['namespaces/shop']]);
  });

  it('looks at named clusters alone, and tells apart what is the same in two', async () => {
    const world = createLogWorld(['a', 'b', 'c']);
    world.wishes.clusterNames = ['a', 'b'];
    for (const cluster of ['a', 'b', 'c']) world.happens(deletion('shop'), cluster, hourMs);
    await world.run();
    expect(world.told[0]?.changes.new.map(({ cluster }) => cluster)).toEqual(['a', 'b']);
    expect(world.report()?.run).toMatchObject({ clusters: ['a', 'b'], allClusters: false });
  });

  it('finds evictions that were refused for long, on both sides of the end of a window', async () => {
    const world = createLogWorld(['demo'], ['eviction-refused']);
    world.wishes.overlapMinutes = 15;
    await world.run();
    await world.clock.advance(hourMs);
    const refused = request('create', 'pods', 'web-1', { namespace: 'shop', code: 429 });
    const event = { ...refused, objectRef: { ...refused.objectRef, subresource: 'eviction' } };
    for (let minutes = 29; minutes > 18; minutes -= 1) world.happens(event, 'demo', minutes * minuteMs);
    await world.run();
    expect(world.news()).toEqual([]);
    // Some come late.
    for (let minutes = 18; minutes >= 12; minutes -= 1) world.happens(event, 'demo', minutes * minuteMs);
    await world.clock.advance(hourMs);
    await world.run();
    expect(world.news()).toEqual([['pods/shop/web-1']]);
  });
});

describe('what cannot be looked at', () => {
  it.each([
    ['logging is switched off', { types: [] }, 'logging-off', /aws eks update-cluster-config/],
    ['the cluster is gone', { types: 'gone' as const }, 'no-such-cluster', /aws eks list-clusters/],
    [
      'the log group is of a class without fields',
      { class: 'INFREQUENT_ACCESS' as const },
      'infrequent-access',
      /aws logs create-log-group/,
    ],
  ])('is unknown with a command when %s', async (_, given, code, command) => {
    const world = createLogWorld();
    if ('types' in given) world.logTypes.set('demo', given.types);
    else world.insights.addGroup(groupOf('demo'), { class: given.class });
    world.wishes.clusterNames = ['demo'];
    await world.run();
    const unknown = world.report()?.results.filter(({ status }) => status === 'UNKNOWN');
    expect(unknown?.map(({ matter }) => matter)).toEqual([code, code]);
    expect(unknown?.[0]?.remediation?.command).toMatch(command);
    expect(world.report()?.counts.PASS).toBe(0);
  });

  it('is no reason not to look at what was written before logging was switched off', async () => {
    const world = createLogWorld();
    world.happens(deletion('shop'), 'demo', hourMs);
    world.logTypes.set('demo', []);
    await world.run();
    expect(world.news()).toEqual([['namespaces/shop']]);
    expect(world.report()?.counts).toMatchObject({ UNKNOWN: 2, PASS: 0 });
  });

  it('is asked for again by the next run when a query failed: no event is lost', async () => {
    const world = createLogWorld();
    await world.run();
    const [before] = Object.values(world.windows());
    await world.clock.advance(hourMs);
    world.happens(deletion('shop'), 'demo', 30 * minuteMs);
    world.insights.settings.ends = ['Failed', 'Failed'];
    await world.run();
    expect(world.report()?.results.map(({ status, matter }) => [status, matter])).toEqual(
      Array(2).fill(['UNKNOWN', 'failed']),
    );
    expect(Object.values(world.windows())).toEqual([before, before]);
    await world.clock.advance(hourMs);
    await world.run();
    expect(world.news()).toEqual([['namespaces/shop']]);
    expect(world.report()?.counts.UNKNOWN).toBe(0);
  });

  it('is asked for again from where the first look was to begin, however long that fails', async () => {
    const world = createLogWorld();
    world.happens(deletion('shop'), 'demo', 23 * hourMs);
    for (let day = 0; day < 3; day += 1) {
      world.insights.settings.ends = ['Failed', 'Failed'];
      await world.run();
      await world.clock.advance(24 * hourMs);
    }
    await world.run();
    expect(world.news()).toEqual([['namespaces/shop']]);
    expect(world.report()?.counts.UNKNOWN).toBe(0);
  });

  it('is what was logged while nobody looked for longer than a run goes back: that is said once', async () => {
    const world = createLogWorld();
    await world.run();
    await world.clock.advance(8 * 24 * hourMs);
    world.happens(deletion('shop'), 'demo', 6 * 24 * hourMs);
    await world.run();
    const [gap] = world.report()?.results.filter(({ matter }) => matter === 'gap') ?? [];
    expect(gap).toMatchObject({
      status: 'UNKNOWN',
      reason: expect.stringContaining('2026-11-21T11:50:00Z to 2026-11-22'),
    });
    expect(world.news()).toEqual([['namespaces/shop']]);
    await world.clock.advance(hourMs);
    await world.run();
    expect(world.report()?.counts.UNKNOWN).toBe(0);
  });

  it('is of one cluster when only that cannot be read', async () => {
    const world = createLogWorld(['a', 'b']);
    const { logTypes } = world.ports.logging;
    world.ports.logging.logTypes = async (name, signal) => {
      if (name === 'a') throw new Error('AccessDeniedException: no');
      return logTypes(name, signal);
    };
    await world.run();
    expect(world.report()?.results.map(({ cluster, status }) => [cluster, status])).toEqual([
      ...Array(2).fill(['a', 'UNKNOWN']),
      ...Array(2).fill(['b', 'PASS']),
    ]);
  });

  it('is what would cost more than a run may: it is unknown, and the next run begins with it', async () => {
    const world = createLogWorld();
    for (let index = 0; index < 20; index += 1) world.happens(deletion(`n${index}`), 'demo', hourMs);
    const { maxGigabytes } = world.wishes;
    world.wishes.maxGigabytes = 1e-12;
    await world.run();
    expect(world.report()?.results.map(({ matter }) => matter)).toEqual(Array(2).fill('partial-byte-limit'));
    expect(world.windows()).toEqual(unread);
    world.wishes.maxGigabytes = maxGigabytes;
    await world.run();
    expect(world.news()[0]).toHaveLength(20);
  });

  it('is looked at bit by bit when all of it is more than a run may, not asked for again and again while it grows', async () => {
    const world = createLogWorld(['demo'], ['destructive-deletes']);
    const createdAt = world.clock.now() - 24 * hourMs;
    world.insights.addGroup(groupOf('demo'), { createdAt });
    for (let hour = 1; hour <= 23; hour += 1) world.happens(deletion(`n${hour}`), 'demo', hour * hourMs);
    const [size = 0] = world.insights.groupsNamed(groupOf('demo')).map(({ storedBytes }) => storedBytes);
    world.wishes.maxGigabytes = (size * 0.8) / 1e9;
    await world.run();
    expect(world.report()?.results.map(({ matter }) => matter)).toContain('behind');
    await world.run();
    expect(world.report()?.counts.UNKNOWN).toBe(0);
    expect(world.news().flat()).toHaveLength(23);
  });
});
