import { expect, it } from 'vitest';
import { createLogWorld, deletion, hourMs } from './log-world.ts';

const trail = 'org/trail#1';
const minuteMs = 60_000;

/** Two clusters, one trail, and nobody who asks anything but these. */
function createTrailWorld() {
  const world = createLogWorld(['a', 'b'], ['access-entry-changes', 'destructive-deletes'], trail);
  world.insights.addGroup(trail, { createdAt: Date.UTC(2026, 0, 1) });
  const associates = (cluster: string, agoMs: number) => {
    const policyArn = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
    const event = {
      ...{ eventSource: 'eks.amazonaws.com', eventName: 'AssociateAccessPolicy', userIdentity: { arn: 'jo' } },
      requestParameters: { name: cluster, principalArn: 'al', policyArn },
    };
    const message = JSON.stringify(event);
    world.insights.putEvents(trail, '123456789012_CloudTrail_eu-west-1', [
      { timestampMs: world.clock.now() - agoMs, message },
    ]);
  };
  return { ...world, associates };
}

it('asks the trail once for all clusters, tells each change once, and goes on where it ended', async () => {
  const world = createTrailWorld();
  world.associates('a', hourMs);
  world.happens(deletion('shop'), 'b', hourMs);
  await world.run();
  expect(world.insights.queries.size).toBe(3);
  expect(world.news()).toEqual([['a/al', 'namespaces/shop']]);
  const [found] = world.report()?.results ?? [];
  expect(found).toMatchObject({
    ...{ id: 'LOG-Q21', severity: 'critical', cluster: '', resource: 'a/al' },
    evidence: { query: expect.stringContaining('access-entry-changes --log-group org/trail#1 --start') },
  });
  expect(Object.keys(world.windows()).sort()).toEqual(['Q21', 'a/Q28', 'b/Q28']);
  await world.clock.advance(hourMs);
  world.associates('b', 30 * minuteMs);
  await world.run();
  expect(world.news()).toEqual([['a/al', 'namespaces/shop'], ['b/al']]);
  await world.clock.advance(25 * hourMs);
  await world.run();
  expect(world.told.at(-1)?.changes.resolved.map(({ resource }) => resource)).toEqual([
    ...['a/al', 'b/al', 'namespaces/shop'],
  ]);
});

it('says that a trail without a log group is not known, and how to find the one that is', async () => {
  const world = createLogWorld(['a'], ['access-entry-changes'], 'no-such-trail');
  await world.run();
  expect(world.report()?.results).toMatchObject([
    { id: 'LOG-Q21', status: 'UNKNOWN', matter: 'no-log-group', resource: 'no-such-trail' },
  ]);
  expect(world.report()?.results[0]?.remediation?.command).toMatch(/describe-log-groups.*no-such-trail/);
});
