import { expect, it } from 'vitest';
import type { Outcome } from '../../../sandbox/scenarios/scenario.ts';
import { budgetsKept, cordonsCameFirst, drainedOnce, inFlightWithin } from '../../../sandbox/scenarios/storm-must.ts';
import type { Observation } from '../../../sandbox/world/observation.ts';

const change = (at: number, resource: string, object: object) =>
  ({ at, from: 'kubernetes', change: { resource, type: 'MODIFIED', object } }) as Observation;
const cordon = (at: number, name: string) => change(at, 'nodes', { metadata: { name }, spec: { unschedulable: true } });
const eviction = (at: number, nodeName: string, pod: string, status?: number): Observation => ({
  at,
  from: 'eviction',
  eviction: { pod, nodeName, status },
});
const budget = (currentHealthy: number) =>
  change(1, 'poddisruptionbudgets', { status: { currentHealthy, desiredHealthy: 2 } });
const forced = { at: 1, from: 'log', line: { message: 'pod deleted past its budget', timestamp: '' } } as Observation;
const ended = { at: 5, from: 'tick', output: { status: 'done' } } as Observation;

const left = { metadata: { name: 'late' }, spec: { nodeName: 'a' } };
function outcomeOf(seen: Observation[], pods: object[] = []): Outcome {
  const nodes = [{ metadata: { name: 'a' }, spec: { unschedulable: true } }];
  return { seen, cluster: { list: (name: string) => (name === 'nodes' ? nodes : pods) } } as unknown as Outcome;
}
const twoOnA = [eviction(3, 'a', 'x'), eviction(4, 'a', 'y')];

it.each<[string, boolean, boolean]>([
  [
    'all cordons, then an eviction',
    true,
    cordonsCameFirst(outcomeOf([cordon(1, 'a'), cordon(2, 'b'), eviction(3, 'a', 'x')]), 2),
  ],
  [
    'an eviction before the last cordon',
    false,
    cordonsCameFirst(outcomeOf([cordon(1, 'a'), eviction(2, 'a', 'x'), cordon(3, 'b')]), 2),
  ],
  ['a node that was never cordoned', false, cordonsCameFirst(outcomeOf([cordon(1, 'a'), eviction(2, 'a', 'x')]), 2)],
  ['each pod evicted once', true, drainedOnce(outcomeOf([eviction(1, 'a', 'x', 429), eviction(2, 'a', 'x', 201)]), 1)],
  ['a pod evicted twice', false, drainedOnce(outcomeOf([eviction(1, 'a', 'x', 201), eviction(2, 'a', 'x', 201)]), 2)],
  ['a pod left on a node that goes', false, drainedOnce(outcomeOf([eviction(1, 'a', 'x', 201)], [left]), 1)],
  [
    'two in flight, one a node',
    true,
    inFlightWithin(outcomeOf([eviction(1, 'a', 'x'), eviction(2, 'b', 'y'), ended]), 2, 2),
  ],
  ['more than its share in flight', false, inFlightWithin(outcomeOf([...twoOnA, ended]), 2, 2)],
  [
    'a larger share once another drain is over',
    true,
    inFlightWithin(outcomeOf([{ ...ended, at: 2 }, ...twoOnA]), 2, 2),
  ],
  [
    'more in flight than the cluster is to bear',
    false,
    inFlightWithin(outcomeOf([{ ...ended, at: 2 }, ...twoOnA]), 1, 1),
  ],
  ['budgets that hold', true, budgetsKept(outcomeOf([budget(2)]))],
  ['a budget that is broken', false, budgetsKept(outcomeOf([budget(1)]))],
  ['a pod that was forced', false, budgetsKept(outcomeOf([budget(2), forced]))],
])('of a storm, %s: %s', (_, expected, holds) => {
  expect(holds).toBe(expected);
});
