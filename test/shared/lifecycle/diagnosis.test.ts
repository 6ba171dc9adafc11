import { describe, expect, it } from 'vitest';
import type { Cause } from '../../../shared/lifecycle/causes.ts';
import { type DiagnosisFacts, diagnose } from '../../../shared/lifecycle/diagnosis.ts';
import type { PodView } from '../../../shared/lifecycle/pod.ts';
import { aBudget, aPod, now } from './builders.ts';

const row = (name: string, code: string, text = code, view: Partial<PodView> = {}): { pod: PodView; cause: Cause } => ({
  pod: aPod({ namespace: 'shop', name, ...view }),
  cause: { code, text },
});
const budgets = [aBudget({ namespace: 'shop', disruptionsAllowed: 0 })];
const told = (rows: ReturnType<typeof row>[], facts: Partial<DiagnosisFacts> = {}) =>
  diagnose(rows, { budgets: [], neighbours: [], ...facts });
const inShort = (rows: ReturnType<typeof row>[], facts?: Partial<DiagnosisFacts>) =>
  told(rows, facts).map(({ code, pods, count }) => `${code} ${count}: ${pods.join(' ')}`);

describe('a diagnosis', () => {
  it('names a cause, its pods and what to do', () => {
    expect(told([row('a', 'do-not-disrupt', 'karpenter.sh/do-not-disrupt: true')])).toEqual([
      {
        code: 'do-not-disrupt',
        text: 'karpenter.sh/do-not-disrupt: true',
        pods: ['shop/a'],
        count: 1,
        command: 'kubectl -n shop describe pod a',
      },
    ]);
  });

  it('has no command where only time helps', () => {
    expect(told([row('a', 'pending')])).toStrictEqual([
      { code: 'pending', text: 'pending', pods: ['shop/a'], count: 1 },
    ]);
  });

  it('is grouped: 8 pods over 6 causes are five, three names at most, and one for the rest (T119)', () => {
    const rows = [
      row('a', 'trouble', 'one'),
      ...['b', 'c', 'd', 'e'].map((name) => row(name, 'trouble', 'two')),
      row('f', 'overload', 'one'),
      row('g', 'trouble', 'three'),
      row('h', 'trouble', 'four'),
      row('i', 'trouble', 'five'),
      row('j', 'trouble', 'six'),
    ];
    expect(inShort(rows)).toEqual([
      'trouble 4: shop/b shop/c shop/d',
      'trouble 1: shop/a',
      'overload 1: shop/f',
      'trouble 1: shop/g',
      'trouble 1: shop/h',
      'other 2: shop/i shop/j',
    ]);
    expect(told(rows).at(-1)).toEqual({ code: 'other', text: 'other issues', pods: ['shop/i', 'shop/j'], count: 2 });
    expect(inShort(rows.slice(0, 8))).toHaveLength(5);
  });

  it('is first of what somebody has to act on, then of what runs its course', () => {
    const going = { deletionAt: now };
    const rows = [
      ...['a', 'b'].map((name) => row(name, 'pending')),
      ...['c', 'd'].map((name) => row(name, 'terminating', 'terminating', going)),
      ...['e', 'f'].map((name) => row(name, 'surging')),
      ...['g', 'h'].map((name) => row(name, 'later-tier')),
      row('i', 'terminating', 'terminating, finalizers x', { ...going, finalizers: ['x'] }),
    ];
    expect(inShort(rows)[0]).toBe('terminating 1: shop/i');
    expect(inShort([...rows.slice(0, 8), row('j', 'trouble')])[0]).toBe('trouble 1: shop/j');
  });

  it('puts a large cause that somebody has to act on before a small one', () => {
    expect(inShort([row('a', 'overload'), row('b', 'trouble'), row('c', 'trouble')])[0]).toBe(
      'trouble 2: shop/b shop/c',
    );
  });

  it.each<[string, ReturnType<typeof row>[], string[]]>([
    [
      'one budget, whatever its numbers were',
      [row('a', 'budget', 'needs 2 and has 2'), row('b', 'budget', 'needs 2 and has 1')],
      ['budget 2: shop/a shop/b'],
    ],
    [
      'one budget, but not of pods that are ready and pods that are not',
      [row('a', 'budget', 'x'), row('b', 'budget', 'x', { ready: false })],
      ['budget 1: shop/a', 'budget 1: shop/b'],
    ],
    [
      'budgets that are gone, by their words',
      [row('a', 'budget', 'x', { labels: {} }), row('b', 'budget', 'y', { labels: {} })],
      ['budget 1: shop/a', 'budget 1: shop/b'],
    ],
    [
      'one webhook, whatever it says of each pod',
      ['a', 'b'].map((name) => row(name, 'admission', `admission webhook "w" denied the request: not ${name}`)),
      ['admission 2: shop/a shop/b'],
    ],
    [
      'webhooks by name',
      ['a', 'b'].map((name) => row(name, 'webhook-down', `failed calling webhook "${name}": EOF`)),
      ['webhook-down 1: shop/a', 'webhook-down 1: shop/b'],
    ],
    [
      'one webhook, but not that it refuses and that it is down',
      [row('a', 'admission', 'admission webhook "w" no'), row('b', 'webhook-down', 'failed calling webhook "w"')],
      ['admission 1: shop/a', 'webhook-down 1: shop/b'],
    ],
    [
      'refusals of nobody who is named, by their words',
      [row('a', 'admission', 'x'), row('b', 'admission', 'y')],
      ['admission 1: shop/a', 'admission 1: shop/b'],
    ],
    [
      'a right that is missing, by namespace (T57)',
      [
        row('a', 'missing-right', 'no right to evict a'),
        row('b', 'missing-right', 'no right to evict b'),
        row('c', 'missing-right', 'no right to evict c', { namespace: 'bank' }),
      ],
      ['missing-right 2: shop/a shop/b', 'missing-right 1: bank/c'],
    ],
    [
      'others by code and words',
      [row('a', 'trouble', 'admission webhook "w"'), row('b', 'conflict', 'x'), row('c', 'trouble', 'x')],
      ['trouble 1: shop/a', 'conflict 1: shop/b', 'trouble 1: shop/c'],
    ],
  ])('is of %s', (_case, rows, expected) => {
    expect(inShort(rows, { budgets })).toEqual(expected);
  });

  it('is cut where others talk on and on', () => {
    expect(told([row('a', 'admission', 'x'.repeat(2_000))])[0]?.text).toHaveLength(501);
  });

  it('of a cluster that does not know us names the cluster', () => {
    const rows = [row('a', 'missing-right', 'the cluster does not know us')];
    expect(told(rows, { clusterName: 'prod' })[0]?.command).toBe('aws eks list-access-entries --cluster-name prod');
  });
});

describe('a closer look', () => {
  const because = '0/3 nodes are available: 1 Too many pods, 2 node(s) had volume node affinity conflict.';
  const next = aPod({ namespace: 'shop', name: 'web-9', phase: 'Pending', ready: false, unschedulable: because });
  const bystander = (name: string) =>
    aPod({
      namespace: 'shop',
      name,
      ready: false,
      controller: { apiVersion: 'apps/v1', kind: 'Job', name: 'sweep', uid: 'uid-sweep' },
    });

  it.each(['budget', 'surging'])("finds who waits for a node behind '%s', in the scheduler's words", (code) => {
    expect(told([row('a', code, 'needs 2')], { budgets, neighbours: [next] })).toEqual([
      {
        code: 'pending-replacement',
        text: `shop/web-9 is to take its place and finds no node: ${because}; meanwhile: needs 2`,
        pods: ['shop/a'],
        count: 1,
        command: 'kubectl -n shop describe pod web-9',
      },
    ]);
  });

  it('groups those that wait for the same, and not others', () => {
    const neighbours = [next, { ...next, namespace: 'bank' }, { ...next, namespace: 'zoo', unschedulable: 'other' }];
    const of = (namespace: string) => row(namespace, 'budget', namespace, { namespace });
    expect(inShort([of('shop'), of('bank'), of('zoo')], { neighbours })).toEqual([
      'pending-replacement 2: shop/shop bank/bank',
      'pending-replacement 1: zoo/zoo',
    ]);
  });

  it('changes nothing of other causes, or in other namespaces', () => {
    expect(told([row('a', 'trouble')], { budgets, neighbours: [next] })[0]?.code).toBe('trouble');
    const elsewhere = { ...next, namespace: 'bank' };
    expect(told([row('a', 'budget')], { budgets, neighbours: [elsewhere] })[0]?.code).toBe('budget');
  });

  it('names pods of another workload that the budget counts and that are not ready', () => {
    const text = 'needs 2; it selects pods of another workload that are not ready: ';
    const near = (...names: string[]) => ({ budgets, neighbours: names.map(bystander) });
    expect(told([row('a', 'budget', 'needs 2')], near('s-1'))[0]?.text).toBe(`${text}s-1`);
    expect(told([row('a', 'budget', 'needs 2')], near('s-1', 's-2', 's-3', 's-4', 's-5'))[0]?.text).toBe(
      `${text}s-1, s-2, s-3 and 2 more`,
    );
    expect(told([row('a', 'surging', 'rolls')], near('s-1'))[0]?.text).toBe('rolls');
  });
});
