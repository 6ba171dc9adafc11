import { expect } from 'vitest';
import type { DrainPolicy } from '../../../shared/lifecycle/policy.ts';
import type { VerdictCode } from '../../../shared/lifecycle/verdict.ts';
import type { Arena, PodRef } from './arena.ts';

/** As kubectl drains without flags, but for DaemonSet pods, which are always left alone. */
export const manual = { mode: 'manual', onDeadline: 'stop' } as const satisfies Partial<DrainPolicy>;

/** Who wants the drain, for rows that are the same for both. */
export const modes: [string, Partial<DrainPolicy>][] = [
  ['hook', {}],
  ['manual', manual],
];

/** The node was cordoned before the first eviction, and Auto Scaling was told to go on, once. */
export async function expectDrained(arena: Arena): Promise<void> {
  const done = await arena.drain();
  expect(done.end).toMatchObject({ reason: 'drained', completion: 'CONTINUE' });
  expect(arena.completions).toMatchObject([{ result: 'CONTINUE', answer: 'accepted' }]);
  expect((await arena.nodeNow()).spec.unschedulable).toBe(true);
  const writes = arena.calls.filter(({ method, path }) => method !== 'GET' && /\/(eviction|nodes\/[^/]+)$/.test(path));
  expect(writes[0]).toMatchObject({ method: 'PATCH', path: arena.paths.node(arena.node.name), status: 200 });
}

/** One eviction, accepted; no delete. */
export async function expectEvicted(arena: Arena, pod: PodRef, code: VerdictCode = 'evictable'): Promise<void> {
  expect(arena.callsOn(pod)).toMatchObject([{ method: 'POST', status: 201 }]);
  expect(arena.podReport(pod.name)).toMatchObject({ verdict: 'evict', code });
  expect(await arena.podNow(pod)).toBeUndefined();
}

/** Nothing was sent to it, and it goes on as before; the drain said why. */
export async function expectUntouched(arena: Arena, pod: PodRef, code?: VerdictCode): Promise<void> {
  expect(arena.callsOn(pod)).toEqual([]);
  expect(await arena.podNow(pod)).toMatchObject({ metadata: { uid: pod.uid } });
  expect((await arena.podNow(pod))?.metadata.deletionTimestamp).toBeUndefined();
  if (code !== undefined) expect(arena.podReport(pod.name)).toMatchObject({ code, evictionsTried: 0 });
}

/** A manual drain that these pods stop: each is named with its reason, and nothing was written but Events. */
export async function expectRefused(arena: Arena, blocked: [PodRef, VerdictCode][]): Promise<void> {
  const before = await arena.nodeNow();
  const done = await arena.drain();
  expect(done.end).toMatchObject({ reason: 'aborted', code: 'blocked', completion: null });
  for (const [pod, code] of blocked) {
    expect(done.end.text).toContain(`${pod.namespace}/${pod.name}`);
    await expectUntouched(arena, pod, code);
  }
  expect(arena.report().pods.filter(({ verdict }) => verdict === 'block')).toHaveLength(blocked.length);
  const writes = arena.calls.filter(({ method }) => !['GET', 'WATCH'].includes(method));
  expect(writes.filter(({ path }) => !path.endsWith('/events'))).toEqual([]);
  expect(await arena.nodeNow()).toEqual(before);
  expect(arena.completions).toEqual([]);
}
