import { expect, it } from 'vitest';
import { compareNaturally } from '../../../shared/log-insights-ql/natural-order.ts';

it('orders missing values, texts with their numbers by length, and then numbers', () => {
  const inOrder = [null, '!', '#', '*%04', '0#', '5A', '111A', '2345_', '@', '@_', 'A', 'A9876x', 'a9', 'a10', 'a12'];
  const numbers = [-1, 0, '1', 2, '10', 11.5];
  const all = [...inOrder, ...numbers];
  expect(all.toReversed().sort(compareNaturally)).toEqual(all);
});
