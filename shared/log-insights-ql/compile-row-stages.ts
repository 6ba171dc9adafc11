import { type Command, columnOf, type Item } from './ast.ts';
import { type Context, compileExpression } from './compile-expression.ts';
import { instantForm } from './instant-form.ts';
import { extractor } from './pattern.ts';
import { addCell, addComputed } from './scope.ts';
import type { Stage } from './sink.ts';
import { isTrue } from './value.ts';

/** `fields` and `display` name values; nothing is computed before it is read. */
export function define(items: Item[], context: Context): void {
  const { scope } = context;
  for (const item of items) {
    const read = compileExpression(item.expression, context);
    const instant = instantForm(item.expression, scope);
    if (item.alias === null && item.expression.type === 'field') continue;
    if (item.expression.type === 'field') scope.names.set(columnOf(item), read);
    else addComputed(scope, columnOf(item), read);
    if (instant) scope.instants.set(columnOf(item), instant);
    else scope.instants.delete(columnOf(item));
  }
}

export function compileFilter({ condition }: Command & { type: 'filter' }, context: Context): Stage {
  const holds = compileExpression(condition, context);
  return (next) => ({
    push: (row) => {
      if (isTrue(holds(row))) next.push(row);
    },
    end: () => next.end(),
  });
}

export function compileParse({ of, pattern, names, at }: Command & { type: 'parse' }, context: Context): Stage {
  const read = compileExpression(of, context);
  const { find, values } = extractor(pattern, names, at, context.fail);
  const groups = values.map(({ name, group }) => ({ cell: addCell(context.scope, name), group }));
  return (next) => ({
    push: (row) => {
      const value = read(row);
      const match = value === null ? null : find(String(value));
      for (const { cell, group } of groups) row.cells[cell] = match?.[group] ?? null;
      next.push(row);
    },
    end: () => next.end(),
  });
}

export function limitTo(count: number): Stage {
  return (next) => {
    let left = count;
    return {
      push: (row) => {
        if (left-- > 0) next.push(row);
      },
      end: () => next.end(),
    };
  };
}
