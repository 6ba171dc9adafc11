import { expect } from 'vitest';
import { excludeLabel } from '../../shared/lifecycle/mark.ts';
import type { Arena, PodRef } from './arena/arena.ts';
import { expectDrained, expectEvicted, expectUntouched, manual, modes } from './arena/expect-drain.ts';
import { scenarios } from './arena/scenarios.ts';

const signal = new AbortController().signal;
const writes = (arena: Arena) =>
  arena.calls.filter(({ method, path }) => !['GET', 'WATCH'].includes(method) && !path.endsWith('/events'));
const podLists = (arena: Arena) =>
  arena.calls.filter(({ method, path }) => method === 'GET' && path === '/api/v1/pods');

const foundOrLeft = async (arena: Arena) => {
  const { metadata, spec } = await arena.nodeNow();
  return { labels: metadata.labels, annotations: metadata.annotations ?? {}, spec };
};

/** A pod that a manual drain refuses comes while the mark is on its way. */
function arriveLate(arena: Arena): () => Promise<PodRef> {
  let late: Promise<PodRef> | undefined;
  arena.intervene(({ method, path }) => {
    if (method === 'PATCH' && path === arena.paths.node(arena.node.name)) late ??= arena.pod('late', { owner: 'none' });
    return undefined;
  });
  return async () => (await late) as PodRef;
}

scenarios('the node and its pods', (scenario) => {
  for (const cordoned of [false, true]) {
    scenario(
      cordoned
        ? 'T26: a manual drain that is refused after its mark keeps a cordon that it found'
        : 'T21: a refused pod that comes after the mark stops a manual drain before any eviction, and the marks are taken back',
      { policy: { ...manual, settleSeconds: 3 } },
      async (arena) => {
        if (cordoned) await arena.patch(arena.paths.node(arena.node.name), { spec: { unschedulable: true } });
        const web = await arena.pod('web');
        const found = await foundOrLeft(arena);
        const late = arriveLate(arena);
        const done = await arena.drain();
        expect(done.end).toMatchObject({ reason: 'aborted', code: 'blocked', completion: null });
        expect(done.end.text).toContain(`${arena.namespace}/late`);
        await expectUntouched(arena, await late(), 'unmanaged-pod');
        await expectUntouched(arena, web, 'evictable');
        expect(writes(arena)).toHaveLength(2); // the mark and its undoing
        expect(await foundOrLeft(arena)).toEqual(found);
      },
    );
  }

  for (const [mode, policy] of modes) {
    scenario(`T22: of an empty node only the Node is patched (${mode})`, { policy }, async (arena) => {
      await expectDrained(arena);
      const patched = { method: 'PATCH', path: arena.paths.node(arena.node.name), status: 200 };
      expect(writes(arena)).toMatchObject([patched, patched]); // the mark, and that the drain has ended
      expect(arena.report().pods).toEqual([]);
    });
  }

  scenario(
    'T23: the server is asked for the pods of the node, and no other pod is touched (adapted: a field selector, no labels)',
    {},
    async (arena) => {
      const wish = { labels: { e: 'f' }, ownerName: 'web' };
      const here = await arena.pod('here', wish);
      const there = await arena.pod('there', { ...wish, on: arena.spare.name });
      const nowhere = await arena.pod('nowhere', { ...wish, on: '', phase: 'Pending' });
      await expectDrained(arena);
      await expectEvicted(arena, here);
      await expectUntouched(arena, there);
      await expectUntouched(arena, nowhere);
      const asked = arena.calls.filter(
        ({ method, path }) => ['GET', 'WATCH'].includes(method) && path === '/api/v1/pods',
      );
      expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(['GET', 'WATCH']));
      for (const { query } of asked) expect(query.fieldSelector).toBe(`spec.nodeName=${arena.node.name}`);
    },
  );

  scenario(
    'T24: pods are listed 500 at a time, and a list is read to its end (adapted: the page is made smaller on its way)',
    {},
    async (arena) => {
      const asked = new Set<string | undefined>();
      arena.rewrite((request) => {
        if (request.method !== 'GET' || request.path !== '/api/v1/pods') return request;
        asked.add(request.query?.limit);
        if (podLists(arena).length > 50) throw new Error('the first page, again and again');
        return { ...request, query: { ...request.query, limit: '1' } };
      });
      const pods = await Promise.all(['first', 'second'].map((name) => arena.pod(name)));
      await expectDrained(arena);
      for (const pod of pods) await expectEvicted(arena, pod);
      expect(asked).toEqual(new Set(['500']));
      const [first, second] = podLists(arena).map(({ query }) => query);
      const fieldSelector = `spec.nodeName=${arena.node.name}`;
      expect(first).toEqual({ fieldSelector, limit: '1' });
      expect(second).toEqual({ fieldSelector, limit: '1', continue: expect.stringMatching(/./) });
    },
  );

  scenario(
    'T25: an eviction that is only tried changes neither pod nor node, and says what would be refused (adapted: a dry run of one eviction, not of a drain)',
    {},
    async (arena) => {
      const free = await arena.pod('free');
      const held = await arena.pod('held');
      await arena.budget('held');
      const before = await arena.nodeNow();
      const answers = await arena.settle(
        Promise.all([free, held].map((pod) => arena.cluster.evictPod(pod, { dryRun: true }, signal))),
      );
      expect(answers).toMatchObject([{ ok: true }, { ok: false, failure: { code: 429 } }]);
      expect(arena.calls).toHaveLength(2);
      for (const { query, body } of arena.calls) {
        expect(query).toEqual({ dryRun: 'All' });
        expect(body).toMatchObject({ deleteOptions: { dryRun: ['All'] } });
      }
      for (const pod of [free, held])
        expect((await arena.podNow(pod))?.metadata).toMatchObject({ uid: pod.uid, name: pod.name });
      for (const pod of [free, held]) expect((await arena.podNow(pod))?.metadata.deletionTimestamp).toBeUndefined();
      expect(await arena.nodeNow()).toEqual(before);
    },
  );

  scenario(
    'T26: of a node that was cordoned before, the cordon is left out of the patch and out of our marks (adapted: label and claim are patched)',
    {},
    async (arena) => {
      await arena.patch(arena.paths.node(arena.node.name), { spec: { unschedulable: true } });
      const web = await arena.pod('web');
      await expectDrained(arena);
      await expectEvicted(arena, web);
      const patches = arena.calls.filter(({ method }) => method === 'PATCH').map(({ body }) => body);
      expect(patches[0]).toMatchObject({ metadata: { labels: { [excludeLabel]: 'true' } } });
      for (const patch of patches) expect(patch).not.toHaveProperty('spec');
      const { annotations } = (await arena.nodeNow()).metadata;
      expect(JSON.parse(annotations?.['eks-node-lifecycle.io/drain'] ?? '')).toMatchObject({
        ours: { label: true, cordon: false },
      });
    },
  );

  scenario(
    'T27: an instance without a Node is let go after a second look, and nothing else is asked (adapted: no-node is an end, not an error)',
    {},
    async (arena) => {
      await arena.send({ method: 'DELETE', path: arena.paths.node(arena.node.name) });
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'no-node', completion: 'CONTINUE' });
      expect(done.ticks).toBe(2);
      expect(new Set(arena.calls.map(({ method, path }) => `${method} ${path}`))).toEqual(
        new Set(['GET /api/v1/nodes']),
      );
      expect(arena.completions).toMatchObject([{ result: 'CONTINUE', answer: 'accepted' }]);
    },
  );
});
