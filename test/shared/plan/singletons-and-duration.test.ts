import { describe, expect, it } from 'vitest';
import type { OwnerView } from '../../../shared/lifecycle/pod.ts';
import { estimateTotal } from '../../../shared/plan/estimate-duration.ts';
import type { PlanPod } from '../../../shared/plan/snapshot.ts';
import { rangeText } from '../../../shared/plan/summarise.ts';
import { aBudget, aSelector, now } from '../lifecycle/builders.ts';
import { aPlanNode, aPlanPod, planOf, podOf } from './builders.ts';

const nodes = [aPlanNode('old'), aPlanNode('older'), aPlanNode('new')];

describe('a workload whose ready pods are all to go', () => {
  const set: OwnerView = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'api-5d8', uid: 'uid-api-5d8' };
  const next: OwnerView = { ...set, name: 'api-77f', uid: 'uid-api-77f' };
  const of = (controller: OwnerView, hash: string) => ({ controller, labels: { 'pod-template-hash': hash } });

  it('is told as an outage, by the name of its Deployment', () => {
    const plan = planOf({ nodes, pods: [aPlanPod('api-1', 'old', of(set, '5d8'))] });
    expect(plan.singletons).toEqual([
      {
        workload: 'deployment default/api',
        readyPods: 1,
        nodes: ['old'],
        text: expect.stringMatching('its only ready pod'),
      },
    ]);
    expect(podOf(plan, 'api-1')?.singleton).toBe('deployment default/api');
  });

  it.each([
    ['over two of the nodes', ['old', 'older'], 1],
    ['elsewhere as well', ['old'], 0],
  ])('is looked for in all its ReplicaSets, %s', (_, targets, count) => {
    const pods = [aPlanPod('api-1', 'old', of(set, '5d8')), aPlanPod('api-2', 'older', of(next, '77f'))];
    expect(planOf({ nodes, pods }, targets).singletons).toHaveLength(count);
  });

  it.each<[string, Partial<PlanPod>, string[], object]>([
    [
      'may be surged past a budget that never allows it, which is not known',
      {},
      ['old'],
      { exitCode: 2, budgets: [{ outlook: 'surged' }] },
    ],
    ['cannot with a volume', { lastingClaims: ['data'] }, ['old'], { exitCode: 1, budgets: [{ outlook: 'never' }] }],
    ['cannot over two nodes', {}, ['old', 'older'], { exitCode: 1, budgets: [{ outlook: 'never' }] }],
  ])('%s', (_, view, places, expected) => {
    const pods = places.map((place) => aPlanPod(`api-${place}`, place, { ...of(set, '5d8'), ...view }));
    const budgets = [aBudget({ selector: aSelector(), maxUnavailable: 0, disruptionsAllowed: 0 })];
    const surging = planOf({ nodes, pods, budgets }, ['old', 'older'], { surgeSingletons: true });
    expect(surging).toMatchObject(expected);
    expect(planOf({ nodes, pods, budgets }, ['old', 'older'])).toMatchObject({ exitCode: 1 });
  });

  it('is told to start another pod first where that is asked for and may be possible', () => {
    const pods = [aPlanPod('api-1', 'old', of(set, '5d8'))];
    const [api] = planOf({ nodes, pods }, ['old'], { surgeSingletons: true }).singletons;
    expect(api?.text).toBe('its only ready pod is on old: another one starts first, where its strategy lets it');
    const withVolume = [aPlanPod('api-1', 'old', { ...of(set, '5d8'), lastingClaims: ['data'] })];
    const [held] = planOf({ nodes, pods: withVolume }, ['old'], { surgeSingletons: true }).singletons;
    expect(held?.text).toContain('an outage');
  });

  it('is none while a pod that is not ready is the only other one, and none of a Job', () => {
    const job: OwnerView = { apiVersion: 'batch/v1', kind: 'Job', name: 'j', uid: 'uid-j' };
    const pods = [
      aPlanPod('api-1', 'old', of(set, '5d8')),
      aPlanPod('api-2', 'new', { ...of(set, '5d8'), ready: false }),
      aPlanPod('j-1', 'old', { controller: job }),
    ];
    expect(planOf({ nodes, pods }).singletons.map(({ workload }) => workload)).toEqual(['deployment default/api']);
  });
});

describe('how long it takes', () => {
  const grace = (name: string, graceSeconds: number) => aPlanPod(name, 'old', { graceSeconds });
  it.each([
    ['nothing for an empty node', [], [], 0, 0],
    ['settle and the longest grace', [grace('a', 30), grace('b', 90)], [], 6, 95],
    ['a wave for each pod of a budget that allows one', [grace('a', 30), grace('b', 30)], [aBudget()], 5 + 7, 5 + 120],
    [
      'a start before the first one where it allows none now',
      [grace('a', 30)],
      [aBudget({ disruptionsAllowed: 0 })],
      5 + 6,
      5 + 90,
    ],
    [
      'or until the deadline under a budget that never allows one',
      [grace('a', 30)],
      [aBudget({ maxUnavailable: 0 })],
      6,
      null,
    ],
  ])('is %s', (_, pods, budgets, lowSeconds, highSeconds) => {
    expect(planOf({ nodes, pods, budgets }).duration).toMatchObject({ lowSeconds, highSeconds });
  });

  it('is what is left for pods that go already, and open for those that want to finish', () => {
    const going = aPlanPod('going', 'old', { deletionAt: now + 40_000 });
    const working = aPlanPod('working', 'old', { annotations: { 'eks-node-lifecycle.io/drain': 'wait' } });
    expect(planOf({ nodes, pods: [going] }).duration.highSeconds).toBe(40);
    expect(planOf({ nodes, pods: [working] }).duration.highSeconds).toBeNull();
  });

  it('is never longer than the deadline', () => {
    const plan = planOf({ nodes, pods: [grace('slow', 9000)] }, ['old'], { deadlineSeconds: 600 });
    expect(plan.duration.highSeconds).toBe(600);
    expect(plan.duration.assumptions).toContain('after 600 s, its timeout, the drain of a node stops, drained or not');
    const inTime = planOf({ nodes, pods: [grace('quick', 30)] }, ['old'], { deadlineSeconds: 600 });
    expect(inTime.duration.assumptions.join()).not.toContain('timeout');
  });

  it.each([
    ['one after another', 1, 100, 200],
    ['two at a time, the third when the first is done', 2, 60, 120],
    ['more at a time than there are', 9, 50, 100],
  ])('adds up %s, wave by wave', (_, atOnce, lowSeconds, highSeconds) => {
    const range = (seconds: number) => ({ lowSeconds: seconds, highSeconds: seconds * 2 });
    expect(estimateTotal([[range(20), range(40), range(30)], [range(10)]], atOnce)).toEqual({
      lowSeconds,
      highSeconds,
    });
  });

  it.each([
    [6, 95, '6 s – 95 s'],
    [130, 7200, '2 min – 2 h'],
    [5, 5, '5 s'],
    [5, 7500, '5 s – 2 h 5 min'],
    [5, null, '5 s or until the deadline'],
  ])('reads, from %s to %s seconds, %s', (lowSeconds, highSeconds, text) => {
    expect(rangeText({ lowSeconds, highSeconds })).toBe(text);
  });
});
