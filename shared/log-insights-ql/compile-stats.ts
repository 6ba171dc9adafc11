import { type Aggregate, aggregates, percentile } from './aggregates.ts';
import { type Command, columnOf, type Expression } from './ast.ts';
import { type Context, compileExpression } from './compile-expression.ts';
import { instantForm } from './instant-form.ts';
import type { Evaluate } from './row.ts';
import { addCell, newScope, type Scope } from './scope.ts';
import type { Stage } from './sink.ts';
import { detached, keyOf, type Value } from './value.ts';

interface Column {
  create: () => Aggregate;
  of: Evaluate;
}

function compileAggregate(call: Extract<Expression, { type: 'call' }>, context: Context): Column | undefined {
  const { name, args, at } = call;
  const [first, second] = args;
  if (name === 'pct') {
    if (args.length !== 2 || !first || second?.type !== 'literal' || typeof second.value !== 'number')
      return context.fail('pct takes a field and a number of percent', at);
    if (second.value < 0 || second.value > 100) return context.fail('pct takes 0 to 100 percent', second.at);
    return { create: percentile(second.value), of: compileExpression(first, context) };
  }
  const create = Object.hasOwn(aggregates, name) ? aggregates[name] : undefined;
  if (!create) return undefined;
  if (name === 'count' && (!first || first.type === 'star')) return { create, of: () => 1 };
  if (!first || args.length !== 1) return context.fail(`${name} takes one field`, at);
  if (context.scope.aggregated && (name === 'earliest' || name === 'latest'))
    return context.fail(`${name} needs events, which an earlier command has already put together`, at);
  return { create, of: compileExpression(first, context) };
}

/** `stats`: one row a group, of the values it groups by and then its aggregates; without rows it makes none. */
export function compileStats(
  { items, by }: Extract<Command, { type: 'stats' }>,
  context: Context,
): { scope: Scope; stage: Stage } {
  const before = context.scope;
  const scope: Scope = { ...newScope(), instants: new Map(), aggregated: true };
  const noteInstant = (name: string, expression: Expression) => {
    const form = instantForm(expression, before);
    if (form) scope.instants.set(name, form);
  };
  const groups = by.map((item) => {
    const of = compileExpression(item.expression, context);
    addCell(scope, columnOf(item));
    noteInstant(columnOf(item), item.expression);
    return of;
  });
  const columns: Column[] = [];
  const special = (expression: Expression): Evaluate | undefined => {
    const column = expression.type === 'call' ? compileAggregate(expression, context) : undefined;
    if (!column) return undefined;
    const cell = groups.length + columns.push(column) - 1;
    return ({ cells }) => cells[cell] ?? null;
  };
  const compiled = items.map((item) => {
    const of = compileExpression(item.expression, { ...context, scope, special });
    scope.names.set(columnOf(item), of);
    noteInstant(columnOf(item), item.expression);
    return of;
  });
  if (compiled.length === 0 || columns.length === 0)
    context.fail('stats has nothing to count', items[0]?.expression.at ?? 0);
  scope.width = groups.length + columns.length;

  const stage: Stage = (next) => {
    const found = new Map<string, { values: Value[]; states: Aggregate[] }>();
    return {
      push: (row) => {
        const values = groups.map((of) => of(row));
        const key = keyOf(values);
        let group = found.get(key);
        if (!group) {
          group = { values: values.map(detached), states: columns.map(({ create }) => create()) };
          found.set(key, group);
        }
        for (let i = 0; i < columns.length; i++) group.states[i]?.add(columns[i]?.of(row) ?? null, row);
      },
      end: () => {
        for (const { values, states } of found.values())
          next.push({ event: null, json: null, cells: [...values, ...states.map((state) => state.result())] });
        next.end();
      },
    };
  };
  return { scope, stage };
}
