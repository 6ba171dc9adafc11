import { expect, test } from 'vitest';
import { tierOf } from '../../../shared/lifecycle/tiers.ts';
import { aPod } from './builders.ts';

const key = 'eks-node-lifecycle.io/drain-order';
const ordered = (order: string) => aPod({ annotations: { [key]: order } });
const cluster = aPod({ priorityClassName: 'system-cluster-critical' });
const node = aPod({ priorityClassName: 'system-node-critical' });

test('lowest first: drain-order, then system-cluster-critical, then system-node-critical (T90 T91)', () => {
  const queue = [node, ordered('6'), aPod(), cluster, ordered('-5')].sort((a, b) => tierOf(a) - tierOf(b));
  expect(queue).toEqual([ordered('-5'), aPod(), ordered('6'), cluster, node]);
});

test('the highest drain-order still goes before what is critical to the cluster', () => {
  expect(tierOf(ordered('999999999'))).toBeLessThan(tierOf(cluster));
});

test.each([
  ['an annotation', ordered('7'), 7],
  ['a label', aPod({ labels: { [key]: '7' } }), 7],
  ['an annotation before a label', aPod({ labels: { [key]: '7' }, annotations: { [key]: '8' } }), 8],
  ['the order of a critical pod', { ...node, annotations: { [key]: '0' } }, 0],
  ['no integer: the default', ordered('first'), 0],
  ['an integer of too many digits: the default', ordered('1234567890'), 0],
  ['another priority class', aPod({ priorityClassName: 'high' }), 0],
])('%s', (_case, pod, tier) => {
  expect(tierOf(pod)).toBe(tier);
});

test('an order that is no integer does not bring a critical pod forward', () => {
  expect(tierOf({ ...node, annotations: { [key]: 'first' } })).toBe(tierOf(node));
});
