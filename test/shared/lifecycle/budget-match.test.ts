import { expect, test } from 'vitest';
import { budgetsOf } from '../../../shared/lifecycle/budget-match.ts';
import type { LabelSelectorView } from '../../../shared/lifecycle/node.ts';
import { aBudget, aPod, aSelector } from './builders.ts';

const labels = { app: 'web', tier: 'front' };
const expression = (key: string, operator: string, ...values: string[]) => aSelector({}, { key, operator, values });

test.each<[string, LabelSelectorView | undefined, boolean]>([
  ['an empty selector takes every pod of the namespace (T51)', aSelector(), true],
  ['a missing selector takes none', undefined, false],
  ['all labels match', aSelector({ app: 'web', tier: 'front' }), true],
  ['one label differs', aSelector({ app: 'web', tier: 'back' }), false],
  ['one label is missing', aSelector({ zone: 'a' }), false],
  ['In names the value', expression('app', 'In', 'db', 'web'), true],
  ['In names others', expression('app', 'In', 'db'), false],
  ['In wants a label that is missing', expression('zone', 'In', 'a'), false],
  ['NotIn names others', expression('app', 'NotIn', 'db'), true],
  ['NotIn names the value', expression('app', 'NotIn', 'web'), false],
  ['NotIn takes a pod without the label', expression('zone', 'NotIn', 'a'), true],
  ['Exists wants a label that is there', expression('app', 'Exists'), true],
  ['Exists wants a label that is missing', expression('zone', 'Exists'), false],
  ['DoesNotExist wants a label gone that is missing', expression('zone', 'DoesNotExist'), true],
  ['DoesNotExist wants a label gone that is there', expression('app', 'DoesNotExist'), false],
  ['an operator that is unknown takes none', expression('app', 'Gt', '1'), false],
  [
    'labels match, and an expression does not',
    aSelector({ app: 'web' }, { key: 'tier', operator: 'In', values: ['back'] }),
    false,
  ],
])('%s', (_case, selector, selects) => {
  const budget = aBudget({ selector });
  expect(budgetsOf(aPod({ labels }), [budget])).toEqual(selects ? [budget] : []);
});

test('a budget selects in its own namespace only', () => {
  expect(budgetsOf(aPod({ namespace: 'other' }), [aBudget()])).toEqual([]);
});

test('all budgets that select a pod are named (T44)', () => {
  const [web, all, db] = [
    aBudget(),
    aBudget({ name: 'all', selector: aSelector() }),
    aBudget({ name: 'db', selector: aSelector({ app: 'db' }) }),
  ];
  expect(budgetsOf(aPod(), [web, all, db])).toEqual([web, all]);
});
