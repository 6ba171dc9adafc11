import type { BinaryOperator, Expression } from './ast.ts';
import type { Evaluate } from './row.ts';
import { compare, isEqual, isTrue, numberOf, type Value } from './value.ts';

type Arithmetic = (left: number, right: number) => number;

const arithmetic: Partial<Record<BinaryOperator, Arithmetic>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '^': (left, right) => left ** right,
};

const comparisons: Partial<Record<BinaryOperator, (left: Value, right: Value) => boolean>> = {
  '=': isEqual,
  '!=': (left, right) => !isEqual(left, right),
  '<': (left, right) => compare(left, right) < 0,
  '<=': (left, right) => compare(left, right) <= 0,
  '>': (left, right) => compare(left, right) > 0,
  '>=': (left, right) => compare(left, right) >= 0,
};

export function compileBinary(operator: BinaryOperator, left: Evaluate, right: Evaluate): Evaluate {
  if (operator === 'and') return (row) => Number(isTrue(left(row)) && isTrue(right(row)));
  if (operator === 'or') return (row) => Number(isTrue(left(row)) || isTrue(right(row)));
  const holds = comparisons[operator];
  if (holds) return (row) => Number(holds(left(row), right(row)));
  const apply = arithmetic[operator] as Arithmetic;
  return (row) => {
    const a = numberOf(left(row));
    const b = numberOf(right(row));
    const result = a === null || b === null ? Number.NaN : apply(a, b);
    return Number.isFinite(result) ? result : null;
  };
}

/** Instants are compared in milliseconds: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html */
export function checkInstants(
  { operator, left, right }: Extract<Expression, { type: 'binary' }>,
  fail: (reason: string, at: number) => never,
): void {
  const isInstant = (side: Expression) => side.type === 'field' && side.name === '@timestamp';
  const date = [left, right].find((side) => side.type === 'literal' && numberOf(side.value) === null);
  if (date && comparisons[operator] && (isInstant(left) || isInstant(right)))
    fail('an instant cannot be compared with a text: compare toMillis(@timestamp) with milliseconds', date.at);
}
