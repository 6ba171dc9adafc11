import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../../shared/lifecycle/attempt.ts';
import { causeOf, describeCauses, neverAllows } from '../../../shared/lifecycle/causes.ts';
import type { JudgedPod } from '../../../shared/lifecycle/decide.ts';
import type { EvictionOutcome } from '../../../shared/lifecycle/eviction-answer.ts';
import type { BudgetView } from '../../../shared/lifecycle/node.ts';
import { aBudget, anAttempt, judged, now } from './builders.ts';

const exhausted = 'The disruption budget web needs 2 healthy pods and has 2 currently';
const webhook = 'admission webhook "drain.example.com" denied the request: not yet';
const answered = (last: EvictionOutcome) => anAttempt({ last });
const budget = answered({ kind: 'budget', text: exhausted });
const never = aBudget({ maxUnavailable: 0 });

describe('the cause that holds a pod', () => {
  it.each<[string, JudgedPod, Attempt | undefined, BudgetView[], string, string]>([
    ['it is terminating', judged('wait', { deletionAt: now }), budget, [], 'terminating', 'terminating'],
    [
      'a finalizer on a terminating pod',
      judged('wait', { deletionAt: now, finalizers: ['example.com/guard'] }),
      undefined,
      [],
      'terminating',
      'terminating, finalizers example.com/guard',
    ],
    [
      'finalizers on a terminating pod',
      judged('wait', { deletionAt: now, finalizers: ['example.com/guard', 'example.com/seal'] }),
      undefined,
      [],
      'terminating',
      'terminating, finalizers example.com/guard, example.com/seal',
    ],
    ['its verdict', judged('wait'), undefined, [], 'do-not-disrupt', 'it is to wait'],
    ['its verdict, before it was refused', judged('block'), undefined, [], 'local-data', 'it is to block'],
    ['a refusal, although its verdict was to wait', judged('wait'), budget, [aBudget()], 'budget', exhausted],
    ['a budget, with needs and has (T41)', judged(), budget, [aBudget()], 'budget', exhausted],
    [
      'a budget that can never allow it',
      judged(),
      budget,
      [never],
      'budget',
      `${exhausted} (maxUnavailable 0: it can never allow a disruption)`,
    ],
    ['a budget that is gone meanwhile', judged(), budget, [], 'budget', exhausted],
    [
      'two budgets, by name (T44)',
      judged(),
      answered({ kind: 'two-budgets', text: 'This pod has more than one PodDisruptionBudget' }),
      [aBudget({ name: 'web-too' }), aBudget()],
      'two-budgets',
      'more than one disruption budget selects it: default/web and default/web-too',
    ],
    [
      'a budget that is not processed yet (T43)',
      judged(),
      answered({ kind: 'budget-not-processed', text: 'still being processed' }),
      [aBudget()],
      'budget-not-processed',
      'still being processed',
    ],
    [
      'a budget that was never processed since it fails to sync (T52)',
      judged(),
      answered({ kind: 'budget-not-processed', text: 'still being processed' }),
      [aBudget({ maxUnavailable: 0, syncFailure: 'agents does not implement the scale subresource' })],
      'budget-not-processed',
      'still being processed (failed sync: agents does not implement the scale subresource)',
    ],
    [
      'a budget that fails to sync and says so itself, once (T52)',
      judged(),
      answered({ kind: 'budget', text: 'not allowed because it failed sync: no scale' }),
      [aBudget({ syncFailure: 'no scale' })],
      'budget',
      'not allowed because it failed sync: no scale',
    ],
    [
      "a webhook, in the webhook's own words",
      judged(),
      answered({ kind: 'admission', text: webhook }),
      [never],
      'admission',
      webhook,
    ],
    ['missing right', judged(), answered({ kind: 'missing-right', text: 'no right' }), [], 'missing-right', 'no right'],
    [
      'an order that is not its own',
      judged('evict', { priorityClassName: 'system-node-critical' }),
      undefined,
      [],
      'later-tier',
      'it goes after pods of a lower drain order',
    ],
    ['nothing: it is on its way', judged(), answered({ kind: 'accepted' }), [], 'pending', 'its eviction was accepted'],
    ['nothing: it was not asked yet', judged(), undefined, [], 'pending', 'not evicted yet'],
  ])('%s', (_case, pod, attempt, budgets, code, text) => {
    expect(causeOf(pod, attempt, budgets, 0)).toEqual({ code, text });
  });

  it.each<[string, JudgedPod, Partial<BudgetView>, string]>([
    [
      'minAvailable 0 with no ready pod',
      judged('evict', { ready: false }),
      { minAvailable: 0, maxUnavailable: undefined, currentHealthy: 0, desiredHealthy: 0, expectedPods: 1 },
      ' (no pod is ready, and until one is it allows no disruption: unhealthyPodEvictionPolicy AlwaysAllow would let it go)',
    ],
    [
      'an unready pod of a budget that asks for none while another is ready',
      judged('evict', { ready: false }),
      { desiredHealthy: 0, currentHealthy: 1 },
      ' (the pod is not ready: unhealthyPodEvictionPolicy AlwaysAllow would let it go)',
    ],
    [
      'an unready pod of a budget that asks for more than are ready (T50)',
      judged('evict', { ready: false }),
      { desiredHealthy: 1, currentHealthy: 0 },
      ' (the pod is not ready: unhealthyPodEvictionPolicy AlwaysAllow would let it go)',
    ],
    [
      'a budget that was changed and is not processed yet (T43)',
      judged(),
      { maxUnavailable: 0, generation: 3, observedGeneration: 2 },
      ' (generation 2 of 3 is processed)',
    ],
    [
      'a ready pod whose budget selects unready pods',
      judged(),
      { currentHealthy: 2 },
      ' (1 of its 3 pods is not ready)',
    ],
    [
      'a ready pod whose budget selects unready pods',
      judged(),
      { currentHealthy: 1 },
      ' (2 of its 3 pods are not ready)',
    ],
    [
      'an unready pod that its budget lets go',
      judged('evict', { ready: false }),
      { unhealthyPodEvictionPolicy: 'AlwaysAllow' },
      '',
    ],
    [
      'an unready pod of a budget that can never allow it',
      judged('evict', { ready: false }),
      { maxUnavailable: '0%' },
      ' (maxUnavailable 0%: it can never allow a disruption; the pod is not ready: unhealthyPodEvictionPolicy AlwaysAllow would let it go)',
    ],
  ])('%s is explained', (_case, pod, view, note) => {
    expect(causeOf(pod, budget, [aBudget(view)], 0).text).toBe(`${exhausted}${note}`);
  });
});

describe('a budget', () => {
  it.each<[string, Partial<BudgetView>, string | undefined]>([
    ['never allows with maxUnavailable 0', { maxUnavailable: 0 }, 'maxUnavailable 0'],
    ['never allows with maxUnavailable 0%', { maxUnavailable: '0%' }, 'maxUnavailable 0%'],
    ['never allows with minAvailable 100%', { minAvailable: '100%' }, 'minAvailable 100%'],
    ['never allows with minAvailable of all replicas', { minAvailable: 3 }, 'minAvailable 3 of 3 pods'],
    [
      'never allows with minAvailable of the only one',
      { minAvailable: 1, expectedPods: 1 },
      'minAvailable 1 of 1 pods',
    ],
    ['never allows with minAvailable of more than all', { minAvailable: 4 }, 'minAvailable 4 of 3 pods'],
    ['may allow with minAvailable of fewer', { minAvailable: 2 }, undefined],
    [
      'never allows with a percentage that is rounded up to all',
      { minAvailable: '50%', expectedPods: 1 },
      'minAvailable 50% of 1 pods',
    ],
    ['may allow with one that is not', { minAvailable: '66%', expectedPods: 3 }, undefined],
    ['may allow with a percentage while it counts no pods', { minAvailable: '50%', expectedPods: 0 }, undefined],
    [
      'never allows with minAvailable 100%, whatever it counts',
      { minAvailable: '100%', expectedPods: 0 },
      'minAvailable 100%',
    ],
    ['may allow while it counts no pods', { minAvailable: 2, expectedPods: 0 }, undefined],
    ['may allow with minAvailable 50%', { minAvailable: '50%' }, undefined],
    ['may allow with maxUnavailable 1', { maxUnavailable: 1 }, undefined],
  ])('%s', (_case, view, reason) => {
    expect(neverAllows(aBudget({ maxUnavailable: undefined, ...view }))).toBe(reason);
  });
});

describe('the causes of many pods', () => {
  const row = (name: string, text: string) => ({ pod: { namespace: 'shop', name }, cause: { code: 'x', text } });

  it('are grouped, five causes and three names at most, the largest first (T119)', () => {
    const rows = [
      row('a', 'one'),
      ...['b', 'c', 'd', 'e'].map((name) => row(name, 'two')),
      ...['f', 'g', 'h'].map((name) => row(name, 'three')),
      ...['i', 'j'].map((name) => row(name, 'four')),
      row('k', 'five'),
      row('l', 'six'),
    ];
    expect(describeCauses(rows)).toBe(
      'shop/b, shop/c, shop/d and 1 more: two; shop/f, shop/g, shop/h: three; shop/i, shop/j: four; shop/a: one; shop/k: five; 1 pod with other issues',
    );
    expect(describeCauses([...rows, row('m', 'seven')])).toMatch(/; 2 pods with other issues$/);
  });

  it('of five causes leave no other issues', () => {
    const rows = ['a', 'b', 'c', 'd', 'e'].map((name) => row(name, name));
    expect(describeCauses(rows)).toBe('shop/a: a; shop/b: b; shop/c: c; shop/d: d; shop/e: e');
  });

  it('tell pods of one name in two namespaces apart (T79)', () => {
    const other = { pod: { namespace: 'bank', name: 'a' }, cause: { code: 'x', text: 'one' } };
    expect(describeCauses([row('a', 'one'), other])).toBe('shop/a, bank/a: one');
  });

  it('are an empty line without pods', () => {
    expect(describeCauses([])).toBe('');
  });
});
