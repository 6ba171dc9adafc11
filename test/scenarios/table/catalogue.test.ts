import { expect, it } from 'vitest';
import { catalogue } from './catalogue.ts';

it('every scenario has a number of its own and one sentence that fits into a table', () => {
  expect(catalogue).toHaveLength(89);
  expect(new Set(catalogue.map(({ number }) => number)).size).toBe(catalogue.length);
  const numbers = catalogue.map(({ number }) => Number(number.slice(1)));
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  for (const { number, sentence } of catalogue) {
    expect(number).toMatch(/^T\d{2,3}$/);
    expect(sentence).toMatch(/^[A-Z][^|\n]{20,130}\.$/);
  }
});
