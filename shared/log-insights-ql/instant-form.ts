import { aggregates } from './aggregates.ts';
import type { Expression } from './ast.ts';
import { keepsInstants } from './functions.ts';
import type { InstantForm, Scope } from './scope.ts';

/** How a column of this expression shows its instants; undefined: it holds none. */
export function instantForm(expression: Expression, scope: Scope): InstantForm | undefined {
  if (expression.type === 'field') return scope.instants.get(expression.name);
  if (expression.type !== 'call') return undefined;
  if (expression.name === 'bin' || expression.name === 'frommillis') return 'date';
  const [first] = expression.args;
  const form = first && keepsInstants.has(expression.name) ? instantForm(first, scope) : undefined;
  return form && Object.hasOwn(aggregates, expression.name) ? 'milliseconds' : form;
}
