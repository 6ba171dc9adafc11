import { expect } from 'vitest';
import type { HookAction } from '../../shared/lifecycle/action.ts';
import { drainAnnotation, excludeLabel, stopAnnotation } from '../../shared/lifecycle/mark.ts';
import type { Arena } from './arena/arena.ts';
import { answersTo, evictedBy, onceSo, patient } from './arena/beside-drain.ts';
import { expectEvicted, expectUntouched } from './arena/expect-drain.ts';
import { scenarios } from './arena/scenarios.ts';

const spareTaint = { key: 'example.com/spare', value: 'yes', effect: 'NoSchedule' };

/** What of a node a drain may change, and what it must keep. */
async function looksOf(arena: Arena, name = arena.node.name) {
  const { metadata, spec } = await arena.nodeNow(name);
  const { unschedulable = false, taints = [] } = spec as { unschedulable?: boolean; taints?: object[] };
  return { labels: metadata.labels ?? {}, annotations: metadata.annotations ?? {}, unschedulable, taints };
}

/** Indexes among all requests: of the first PATCH of a node, and of the first eviction of a pod. */
function firstOf(arena: Arena, nodeName: string, pod: string): { mark: number; eviction: number } {
  const accepted = arena.calls.map((call) => ({ ...call, ok: (call.status ?? 0) < 300 }));
  return {
    mark: accepted.findIndex(({ method, path, ok }) => ok && method === 'PATCH' && path === arena.paths.node(nodeName)),
    eviction: accepted.findIndex((call) => evictedBy(call) === `${arena.namespace}/${pod}`),
  };
}

/** Ends at Auto Scaling while a budget holds `web`, so that the drain has something to stop. */
async function holdAndReturn(arena: Arena): Promise<void> {
  const web = await arena.pod('web');
  await arena.budget('web', { minAvailable: 1 });
  onceSo(
    arena,
    () => answersTo(arena, web).includes(429),
    async () => arena.scaling.addInstance(arena.groupName, arena.node.instanceId),
  );
  const done = await arena.drain();
  expect(done.end).toMatchObject({ reason: 'aborted', code: 'returned', completion: null });
  expect(arena.completions).toEqual([]);
  expect((await arena.podNow(web))?.metadata.deletionTimestamp).toBeUndefined();
}

scenarios('the marks on a node', (scenario) => {
  scenario(
    'T110: when the first eviction arrives, the node is cordoned and out of its load balancers (adapted: by one patch, without a taint of our own)',
    { policy: patient },
    async (arena) => {
      const web = await arena.pod('web');
      let looks: Awaited<ReturnType<typeof looksOf>> | undefined;
      arena.intervene(async (request) => {
        if (evictedBy(request)) looks ??= await looksOf(arena);
        return undefined;
      });
      await arena.drain();
      await expectEvicted(arena, web);
      expect(looks).toMatchObject({ unschedulable: true, labels: { [excludeLabel]: 'true' } });
      expect(looks?.annotations).toHaveProperty([drainAnnotation]);
      const patches = arena.calls.slice(0, firstOf(arena, arena.node.name, 'web').eviction);
      expect(patches.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
    },
  );

  scenario(
    'T111: a node that somebody taints while it is marked is read again, and taint and marks both stand',
    { policy: patient },
    async (arena) => {
      const web = await arena.pod('web');
      const path = arena.paths.node(arena.node.name);
      let tainted: Promise<unknown> | undefined;
      arena.intervene(async (request) => {
        if (request.method === 'PATCH' && request.path === path && !tainted) {
          tainted = arena.patch(path, { spec: { taints: [spareTaint] }, metadata: { labels: { foreign: 'yes' } } });
          await tainted;
        }
        return undefined;
      });
      const done = await arena.drain();
      expect(done.end.reason).toBe('drained');
      const patches = arena.calls.filter((call) => call.method === 'PATCH' && call.path === path);
      expect(patches.map(({ status }) => status).slice(0, 2)).toEqual([409, 200]);
      expect(await looksOf(arena)).toMatchObject({
        unschedulable: true,
        labels: { foreign: 'yes', [excludeLabel]: 'true' },
        taints: expect.arrayContaining([expect.objectContaining(spareTaint)]),
      });
      await expectEvicted(arena, web);
    },
  );

  scenario(
    'T112: of two nodes that go together both are marked before the first eviction on either (adapted: since each lets its cordon settle; no drain waits for another)',
    { policy: { ...patient, settleSeconds: 4 } },
    async (arena) => {
      await arena.pod('here');
      await arena.pod('there', { on: arena.spare.name });
      arena.scaling.addInstance(arena.groupName, arena.spare.instanceId);
      const actions = [...arena.terminate(), ...arena.terminate(arena.spare.instanceId)];
      const ends = await arena.settle(Promise.all(actions.map((action) => arena.run(action))));
      expect(ends.map(({ end }) => end.reason)).toEqual(['drained', 'drained']);
      const here = firstOf(arena, arena.node.name, 'here');
      const there = firstOf(arena, arena.spare.name, 'there');
      expect(Math.min(here.mark, there.mark)).toBeGreaterThanOrEqual(0);
      expect(Math.max(here.mark, there.mark)).toBeLessThan(Math.min(here.eviction, there.eviction));
    },
  );

  scenario(
    'T113: of three nodes one cannot be marked: nothing is evicted there and that is told, the others are drained (adapted: none is rolled back)',
    { policy: { ...patient, unreachableSeconds: 6 } },
    async (arena) => {
      const third = { name: `third-${arena.id}`, instanceId: `i-2${arena.id}` };
      await arena.addNode(third);
      const pods = await Promise.all(
        [arena.node, arena.spare, third].map(({ name }, index) => arena.pod(`web-${index}`, { on: name })),
      );
      arena.intervene(({ method, path }) => {
        const message = `nodes "${third.name}" is forbidden: the policy nodes-are-ours says no`;
        const body = { kind: 'Status', status: 'Failure', reason: 'Forbidden', code: 403, message };
        return method === 'PATCH' && path === arena.paths.node(third.name) ? { status: 403, body } : undefined;
      });
      for (const { instanceId } of [arena.spare, third]) arena.scaling.addInstance(arena.groupName, instanceId);
      const ids = [arena.node, arena.spare, third].map(({ instanceId }) => instanceId);
      const actions = ids.flatMap((instanceId) => arena.terminate(instanceId));
      const ends = await arena.settle(Promise.all(actions.map((action) => arena.run(action))));
      expect(ends.map(({ end }) => end.reason)).toEqual(['drained', 'drained', 'mark-refused']);
      expect(ends[2]?.end).toMatchObject({ completion: 'CONTINUE', alarm: true });
      expect(ends[2]?.end.text).toContain('the policy nodes-are-ours says no');
      for (const pod of pods.slice(0, 2)) expect(answersTo(arena, pod)).toEqual([201]);
      await expectUntouched(arena, pods[2] as (typeof pods)[number]);
      expect(await looksOf(arena, third.name)).toMatchObject({ unschedulable: false, annotations: {} });
    },
  );

  scenario(
    'T118: when the instance is in service again, label, cordon and annotation that were ours are taken back',
    { policy: patient },
    async (arena) => {
      const before = await looksOf(arena);
      await holdAndReturn(arena);
      expect(arena.report().timeline.map(({ what }) => what)).toContain('undone');
      expect(await looksOf(arena)).toEqual(before);
    },
  );

  scenario(
    'T118: marks that were there before the drain are kept when ours are taken back',
    { policy: patient },
    async (arena) => {
      const metadata = {
        labels: { [excludeLabel]: 'true', foreign: 'yes' },
        annotations: { 'example.com/note': 'kept' },
      };
      const spec = { unschedulable: true, taints: [spareTaint] };
      await arena.patch(arena.paths.node(arena.node.name), { metadata, spec });
      const before = await looksOf(arena);
      await holdAndReturn(arena);
      expect(await looksOf(arena)).toEqual(before);
    },
  );

  scenario(
    'T118: an instance that waits for its end never comes back: asked to stop, the drain evicts no more and leaves the cordon (adapted)',
    { policy: patient },
    async (arena) => {
      const web = await arena.pod('web');
      await arena.budget('web', { minAvailable: 1 });
      const stop = { metadata: { annotations: { [stopAnnotation]: 'complete' } } };
      const isHeld = () => answersTo(arena, web).includes(429);
      onceSo(arena, isHeld, () => arena.patch(arena.paths.node(arena.node.name), stop));
      const done = await arena.drain(arena.terminate()[0] as HookAction);
      expect(done.end).toMatchObject({ reason: 'aborted', code: 'complete', completion: 'CONTINUE' });
      expect(await looksOf(arena)).toMatchObject({ unschedulable: true, labels: { [excludeLabel]: 'true' } });
      expect((await arena.podNow(web))?.metadata.deletionTimestamp).toBeUndefined();
    },
  );
});
