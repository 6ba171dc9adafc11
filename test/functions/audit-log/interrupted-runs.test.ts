import { describe, expect, it } from 'vitest';
import { readWaivers } from '../../../shared/audit-files/read-waivers.ts';
import { awsAuth, createLogWorld, deletion, hourMs, unread } from './log-world.ts';

type World = ReturnType<typeof createLogWorld>;
const shop = ['namespaces/shop'];

/** A world where something happened an hour ago. */
function given(): World {
  const world = createLogWorld();
  world.happens(deletion('shop'), 'demo', hourMs);
  return world;
}

describe('a run', () => {
  it('loses nothing when a tick is killed: it is made again as it was', async () => {
    const world = given();
    world.insights.settings.runningPolls = 30;
    const begun = world.begin();
    const { save } = world.ports.texts;
    for (const killedAt of ['plan.json', 'Q20.json', 'Q28.json', 'looked-at.json']) {
      world.ports.texts.save = async (key, text, signal) => {
        if (key.endsWith(killedAt)) throw new Error('killed');
        return save(key, text, signal);
      };
      await expect(world.run(begun), killedAt).rejects.toThrow('killed');
    }
    world.ports.texts.save = save;
    await world.run(begun);
    expect(world.news()).toEqual([shop]);
    expect(Object.keys(world.windows())).toEqual(['demo/Q20', 'demo/Q28']);
  });

  it('tells again what it told when it was killed before it could remember, and then never again', async () => {
    const world = given();
    const { remember } = world.ports.history;
    world.ports.history.remember = () => Promise.reject(new Error('killed'));
    const begun = world.begin();
    await expect(world.run(begun)).rejects.toThrow('killed');
    expect(world.windows()).toEqual(unread);
    world.ports.history.remember = remember;
    await world.run(begun);
    await world.run();
    expect(world.news()).toEqual([shop, shop]);
  });

  it('is no other when its last tick comes once more', async () => {
    const world = given();
    const begun = world.begin();
    await world.run(begun);
    const [windows, queries] = [world.windows(), world.insights.queries.size];
    await world.run(begun);
    expect([world.news(), world.windows(), world.insights.queries.size]).toEqual([[shop], windows, queries]);
  });

  it('beside another finds the same, and takes nothing of it back', async () => {
    const world = given();
    world.insights.settings.runningPolls = 400;
    const slow = world.begin();
    const first = await world.tick(slow, 150_000);
    expect(first.done).toBe(false);
    world.insights.settings.runningPolls = 0;
    await world.clock.advance(hourMs);
    world.happens(awsAuth('al'), 'demo', hourMs / 2);
    await world.run();
    const windows = world.windows();
    for (const query of world.insights.queries.values()) query.runningPolls = 0;
    await world.run({ ...slow, state: null });
    expect(world.windows()).toEqual(windows);
    expect(world.news().flat().sort()).toEqual(['configmaps/kube-system/aws-auth', ...shop]);
    await world.run();
    expect(world.told.flatMap(({ changes }) => changes.resolved)).toEqual([]);
  });

  it('does not remember what it could not tell, so that the next run tells it', async () => {
    const world = given();
    const [topic] = world.ports.news;
    world.ports.news = [{ name: 'a topic', tell: () => Promise.reject(new Error('NotFound')) }];
    await world.run();
    expect([world.metric('AuditTellingsFailed'), world.windows()]).toEqual([[1], unread]);
    world.ports.news = topic ? [topic] : [];
    await world.run();
    expect(world.news()).toEqual([shop]);
  });

  it('waits for room in the account, ends after some hours without, and says what was not looked at', async () => {
    const world = given();
    world.insights.settings.maxConcurrent = 0;
    const begun = world.clock.now();
    await world.run();
    expect(world.clock.now() - begun).toBeGreaterThan(2.9 * hourMs);
    expect(world.clock.now() - begun).toBeLessThan(3.2 * hourMs);
    expect(world.report()?.results.map(({ matter }) => matter)).toEqual(Array(2).fill('partial-out-of-time'));
    expect(world.windows()).toEqual(unread);
  });

  it('goes on without a query that a deployment took away meanwhile', async () => {
    const world = given();
    world.insights.settings.runningPolls = 400;
    const begun = world.begin();
    const { state } = await world.tick(begun, 150_000);
    world.wishes.queries = world.wishes.queries.filter(({ id }) => id === 'Q28');
    for (const query of world.insights.queries.values()) query.runningPolls = 0;
    await world.run({ ...begun, state });
    expect(world.news()).toEqual([shop]);
    expect(Object.keys(world.windows())).toContain('demo/Q20');
  });

  it('resolves nothing of a query that a deployment brought meanwhile, since it did not ask it', async () => {
    const world = given();
    await world.run();
    const { queries } = world.wishes;
    world.wishes.queries = queries.filter(({ id }) => id !== 'Q28');
    world.insights.settings.runningPolls = 400;
    const begun = world.begin();
    const { state } = await world.tick(begun, 150_000);
    world.wishes.queries = queries;
    for (const query of world.insights.queries.values()) query.runningPolls = 0;
    await world.run({ ...begun, state });
    expect(world.told.flatMap(({ changes }) => changes.resolved)).toEqual([]);
    await world.run();
    expect(world.news()).toEqual([shop]);
  });

  it('spends nothing when its waivers are wrong', async () => {
    const world = given();
    world.ports.waivers = async () => readWaivers('waivers: [{}]', 'w.yaml');
    await expect(world.run()).rejects.toThrow('w.yaml');
    expect([world.insights.queries.size, world.texts.size]).toEqual([0, 0]);
  });

  it('looks at everything as if for the first time when what it remembers is damaged, and says so', async () => {
    const world = given();
    await world.run();
    world.texts.set('audits/audit-log/123456789012/eu-west-1/looked-at.json', '{"version":1,"until":{"demo/Q20":"x"}}');
    await world.run();
    expect(world.written.filter(({ level }) => level === 'error').map(({ message }) => message)).toContain(
      'what was looked at is not known: every cluster is looked at as if for the first time',
    );
    expect(world.news()).toEqual([shop]);
  });
});
