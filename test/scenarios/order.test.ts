import { expect } from 'vitest';
import type { HookAction } from '../../shared/lifecycle/action.ts';
import type { Arena } from './arena/arena.ts';
import { answersTo, evictedBy, namesOn, onceSo, patient } from './arena/beside-drain.ts';
import { expectEvicted } from './arena/expect-drain.ts';
import { scenarios } from './arena/scenarios.ts';

const order = (value: number) => ({ annotations: { 'eks-node-lifecycle.io/drain-order': String(value) } });
const cluster = { priorityClassName: 'system-cluster-critical' };
const node = { priorityClassName: 'system-node-critical' };

/** By pod: who was on the node when its first eviction arrived at the server. */
function lookAtEachEviction(arena: Arena): Map<string, string[]> {
  const there = new Map<string, string[]>();
  arena.intervene(async (request) => {
    const name = evictedBy(request)?.split('/')[1];
    if (name !== undefined && !there.has(name)) there.set(name, await namesOn(arena));
    return undefined;
  });
  return there;
}

scenarios('the order of pods', (scenario) => {
  scenario(
    'T90: pods go in waves, each once the objects of the one before are gone (adapted: ordinary, cluster-critical, node-critical; DaemonSets are in no wave)',
    { policy: patient },
    async (arena) => {
      const stops = { stopsAfterSeconds: 1 };
      const owner = async (name: string) => ({
        owner: 'DaemonSet' as const,
        ownerName: name,
        ownerUid: await arena.daemonSet(name),
      });
      await arena.pod('node', { ...stops, ...node });
      await arena.pod('agent-node', { ...stops, ...node, ...(await owner('agent-node')) });
      await arena.pod('agent-cluster', { ...stops, ...cluster, ...(await owner('agent-cluster')) });
      await arena.pod('agent', { ...stops, ...(await owner('agent')) });
      await arena.pod('cluster', { ...stops, ...cluster });
      await arena.pod('plain', stops);
      const there = lookAtEachEviction(arena);
      const done = await arena.drain();
      expect(done.end.reason).toBe('drained');
      const agents = ['agent', 'agent-cluster', 'agent-node'];
      expect([...there]).toEqual([
        ['plain', [...agents, 'cluster', 'node', 'plain']],
        ['cluster', [...agents, 'cluster', 'node']],
        ['node', [...agents, 'node']],
      ]);
      expect(await namesOn(arena)).toEqual(agents);
    },
  );

  scenario(
    'T91: pods go by the order that they ask for, lowest first, and none gets more grace than the policy gives (adapted: an annotation orders, not the priority; one cap for all)',
    { policy: { ...patient, graceCapSeconds: 2 } },
    async (arena) => {
      const wishes = { last: cluster, middle: {}, high: order(1000), low: order(-5) };
      const pods = await Promise.all(Object.entries(wishes).map(([name, wish]) => arena.pod(name, wish)));
      const short = await arena.pod('short', { ...order(-5), graceSeconds: 1 });
      const there = lookAtEachEviction(arena);
      const done = await arena.drain();
      expect(done.end.reason).toBe('drained');
      expect([...there.keys()].filter((name) => name !== 'short')).toEqual(['low', 'middle', 'high', 'last']);
      for (const [name, others] of there) if (name !== 'low' && name !== 'short') expect(others).not.toContain('low');
      for (const pod of pods)
        expect(arena.evictions(pod)).toMatchObject([
          { status: 201, body: { deleteOptions: { gracePeriodSeconds: 2 } } },
        ]);
      const [eviction] = arena.evictions(short);
      expect(eviction?.body).not.toHaveProperty('deleteOptions.gracePeriodSeconds');
    },
  );

  scenario(
    'T92: pods of one order go together, and orders that no pod has are not waited for (adapted: by equal orders, not between bounds)',
    { policy: patient },
    async (arena) => {
      const stops = { stopsAfterSeconds: 3 };
      const wishes = { 'none-1': {}, 'none-2': {}, 'ten-1': order(10), 'ten-2': order(10), 'far-1': order(2_000_000) };
      const entries = Object.entries(wishes);
      const pods = await Promise.all(entries.map(([name, wish]) => arena.pod(name, { ...stops, ...wish })));
      const there = lookAtEachEviction(arena);
      const done = await arena.drain();
      expect(done.end.reason).toBe('drained');
      const ten = ['far-1', 'ten-1', 'ten-2'];
      expect(Object.fromEntries(there)).toEqual({
        'none-1': [...ten.slice(0, 1), 'none-1', 'none-2', ...ten.slice(1)],
        'none-2': [...ten.slice(0, 1), 'none-1', 'none-2', ...ten.slice(1)],
        'ten-1': ten,
        'ten-2': ten,
        'far-1': ['far-1'],
      });
      for (const pod of pods) await expectEvicted(arena, pod);
      const goneAt = Math.max(...['none-1', 'none-2'].map((name) => Date.parse(arena.podReport(name)?.goneAt ?? '')));
      const nextAt = Date.parse(arena.podReport('ten-1')?.evictedAt ?? '');
      expect(nextAt - goneAt).toBeLessThan(5_000);
    },
  );

  scenario(
    'T93: with orders −5 and 6 and a pod that wants to finish, −5 goes first, and the others are told to go later',
    { policy: patient },
    async (arena) => {
      let isFirstGone = false;
      const whenGone = async () => {
        isFirstGone = true;
      };
      const first = await arena.pod('first', { ...order(-5), stopsAfterSeconds: 9, whenGone });
      const waits = await arena.pod('waits', { annotations: { 'eks-node-lifecycle.io/drain': 'wait' } });
      const last = await arena.pod('last', order(6));
      const action = arena.terminate()[0] as HookAction;
      const begun = await arena.tick({ action, state: null, execution: 'begun' }, undefined, 7);
      expect(begun).toMatchObject({ status: 'again', summary: { phase: 'evicting', podsLeft: 3 } });
      expect(begun.summary.text).toContain(`${arena.namespace}/last: it goes after pods of a lower drain order`);
      expect(begun.summary.text).toContain(`${arena.namespace}/waits: eks-node-lifecycle.io/drain: wait`);
      expect([first, waits, last].map((pod) => answersTo(arena, pod))).toEqual([[201], [], []]);

      let lastBefore: unknown = 'not looked at';
      const look = async () => {
        await arena.clock.sleep(2_000, new AbortController().signal);
        lastBefore = answersTo(arena, last);
        await arena.patch(`${arena.paths.pod(waits)}/status`, { status: { phase: 'Succeeded' } });
      };
      onceSo(arena, () => isFirstGone, look);
      const done = await arena.drain(action);
      expect(done.end.reason).toBe('drained');
      expect(lastBefore).toEqual([]);
      expect(arena.callsOn(waits)).toEqual([]);
      await expectEvicted(arena, last);
    },
  );
});
