import { describe, expect, it } from 'vitest';
import type { BudgetView } from '../../../shared/lifecycle/node.ts';
import type { OwnerView, PodView } from '../../../shared/lifecycle/pod.ts';
import { pendingReplacementOf, strangersOf } from '../../../shared/lifecycle/replacements.ts';
import { aBudget, aPod, aSelector, now } from './builders.ts';

const noRoom = '0/3 nodes are available: 3 Insufficient cpu.';
const other: OwnerView = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'api-77c', uid: 'uid-api-77c' };
const job: OwnerView = { apiVersion: 'batch/v1', kind: 'Job', name: 'sweep', uid: 'uid-sweep' };
const hashed = (hash: string): Partial<PodView> => ({
  labels: { app: 'web', 'pod-template-hash': hash },
  controller: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `web-${hash}`, uid: `uid-web-${hash}` },
});
const pending = (view: Partial<PodView> = {}) =>
  aPod({ name: 'web-2', phase: 'Pending', ready: false, nodeName: undefined, unschedulable: noRoom, ...view });
const stranger = (view: Partial<PodView> = {}) => aPod({ name: 'api-1', controller: other, ready: false, ...view });

describe('a replacement that finds no node', () => {
  it.each<[string, PodView, BudgetView[], PodView[], string | undefined]>([
    ['is of the same controller', aPod({ labels: {} }), [], [pending({ labels: {} })], 'web-2'],
    ['is of the same Job', aPod({ controller: job }), [], [pending({ controller: job })], 'web-2'],
    ['is nobody without a controller', aPod({ controller: job }), [], [pending({ controller: undefined })], undefined],
    ['is of the same Deployment, while it rolls', aPod(hashed('5d8')), [], [pending(hashed('77c'))], 'web-2'],
    [
      'takes the place of another under the same budget',
      aPod(),
      [aBudget()],
      [pending({ controller: other })],
      'web-2',
    ],
    [
      'is its own before it is that of another',
      aPod(),
      [aBudget()],
      [pending({ name: 'api-2', controller: other }), pending()],
      'web-2',
    ],
    ['is nobody of another controller without a budget', aPod(), [], [pending({ controller: other })], undefined],
    [
      'is nobody in another namespace',
      aPod(),
      [aBudget()],
      [pending({ controller: other, namespace: 'a' })],
      undefined,
    ],
    ['is nobody who has a node', aPod(), [], [aPod({ name: 'web-2', phase: 'Pending' })], undefined],
    ['is nobody who runs already', aPod(), [], [pending({ phase: 'Running' })], undefined],
    ['is nobody who goes', aPod(), [], [pending({ deletionAt: now })], undefined],
    [
      'is not one bare pod for another',
      aPod({ controller: undefined }),
      [],
      [pending({ controller: undefined })],
      undefined,
    ],
    ['is none without neighbours', aPod(), [aBudget()], [], undefined],
  ])('%s', (_case, pod, budgets, neighbours, name) => {
    const found = pendingReplacementOf(pod, budgets, neighbours);
    expect(found?.pod.name).toBe(name);
    expect(found?.because).toBe(name && noRoom);
  });
});

describe('a pod of another workload under the same budget', () => {
  it.each<[string, PodView, boolean]>([
    ['that is not ready is told', stranger(), true],
    ['that is ready is not', stranger({ ready: true }), false],
    ['that goes is not', stranger({ deletionAt: now }), false],
    ['that has succeeded is not', stranger({ phase: 'Succeeded' }), false],
    ['that has failed is not', stranger({ phase: 'Failed' }), false],
    ['that it does not select is not', stranger({ labels: { app: 'api' } }), false],
    ['in another namespace is not', stranger({ namespace: 'a' }), false],
  ])('%s', (_case, pod, told) => {
    expect(strangersOf(aPod(), [aBudget()], [pod]).length).toBe(told ? 1 : 0);
  });

  it('is told when one of two budgets takes it in', () => {
    const narrow = aBudget({ name: 'narrow', selector: aSelector({ app: 'web', tier: 'a' }) });
    const own = aPod({ labels: { app: 'web', tier: 'a' } });
    for (const budgets of [
      [narrow, aBudget()],
      [aBudget(), narrow],
    ])
      expect(strangersOf(own, budgets, [stranger()])).toHaveLength(1);
  });

  it('is no pod of its own controller, nor of its Deployment', () => {
    const [old, fresh] = [aPod(hashed('5d8')), aPod({ ...hashed('77c'), name: 'web-2', ready: false })];
    expect(strangersOf(old, [aBudget()], [{ ...old, ready: false }, fresh])).toEqual([]);
  });
});
