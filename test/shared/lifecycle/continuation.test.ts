import { expect, test } from 'vitest';
import { chainName, continueAs, ticksPerExecution } from '../../../shared/lifecycle/continuation.ts';

test.each([
  ['i-1-token', ticksPerExecution - 1, null],
  ['i-1-token', ticksPerExecution, 'i-1-token-c2'],
  ['i-1-token-c2', ticksPerExecution, 'i-1-token-c3'],
  ['i-1-token-c9', ticksPerExecution + 1, 'i-1-token-c10'],
  ['i-1-token-r2', ticksPerExecution, 'i-1-token-r2-c2'],
  ['i-1-8f1d-c20517734109', ticksPerExecution, 'i-1-8f1d-c20517734109-c2'],
])('%s with %i ticks goes on as %s', (execution, ticks, next) => {
  expect(continueAs(execution, ticks)).toBe(next);
});

test.each([
  ['i-1-token', 'i-1-token'],
  ['i-1-token-c12', 'i-1-token'],
  ['i-1-token-r2-c2', 'i-1-token-r2'],
  ['i-1-c2-token', 'i-1-c2-token'],
  ['i-1-8f1d-c20517734109', 'i-1-8f1d-c20517734109'],
])('the chain of %s is %s', (execution, chain) => {
  expect(chainName(execution)).toBe(chain);
});
