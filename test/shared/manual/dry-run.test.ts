import { expect, it } from 'vitest';
import { dryRun } from '../../../shared/manual/dry-run.ts';
import { budget, deployment } from '../drain/drain-world.ts';
import { createManualWorld } from './manual-world.ts';

const { signal } = new AbortController();
const answers = async (options = {}) => {
  const made = await createManualWorld(1, () => [
    deployment('held', 1),
    budget('held', { maxUnavailable: 0 }),
    deployment('cache', 1, {
      spec: { volumes: [{ name: 'd', emptyDir: {} }], containers: [{ name: 'main', image: 'demo' }] },
    }),
    deployment('web', 1),
  ]);
  const before = JSON.stringify([made.world.cluster.list('nodes'), made.world.cluster.list('pods')]);
  const ports = { cluster: made.world.port, clock: made.world.clock, log: made.world.ports.log };
  const done = await made.world.clock.runUntil(dryRun(made.request({ options }), ports, signal));
  if ('failure' in done) throw new Error(done.failure.message);
  const after = JSON.stringify([made.world.cluster.list('nodes'), made.world.cluster.list('pods')]);
  const app = (pod?: string) => pod?.replace(/^default\/(\w+)-.*$/, '$1') ?? 'node';
  return {
    isUnchanged: after === before,
    rows: done.lines.map(({ pod, does, accepted }) => [app(pod), does, accepted]),
  };
};

it('a dry run asks the server for all that the drain would, and nothing changes', async () => {
  const { isUnchanged, rows } = await answers();
  expect(isUnchanged).toBe(true);
  expect(rows.toSorted()).toEqual([
    ['cache', 'block', false],
    ['held', 'evict', false],
    ['node', 'cordon', true],
    ['web', 'evict', true],
  ]);
});

it('with evictions disabled it asks for deletes, which no budget holds', async () => {
  const { isUnchanged, rows } = await answers({ disableEviction: true, deleteEmptyDirData: true });
  expect(isUnchanged).toBe(true);
  expect(rows.toSorted()).toEqual([
    ['cache', 'delete', true],
    ['held', 'delete', true],
    ['node', 'cordon', true],
    ['web', 'delete', true],
  ]);
});
