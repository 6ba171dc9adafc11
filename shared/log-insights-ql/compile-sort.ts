import type { SortKey } from './ast.ts';
import { type Context, compileExpression } from './compile-expression.ts';
import { compareNaturally } from './natural-order.ts';
import type { Evaluate, Row } from './row.ts';
import { addCell, newScope, resolve, type Scope } from './scope.ts';
import type { Stage } from './sink.ts';
import { topRows } from './top-rows.ts';
import { detached, keyOf, type Value } from './value.ts';

interface Ranked {
  keys: Value[];
  sequence: number;
  row: Row;
}

/** From here on rows hold only the named values, and no event: those that later commands and the result read. */
export function keepOnly(names: Iterable<string>, scope: Scope): { scope: Scope; keep: (row: Row) => Row } {
  const kept: Evaluate[] = [];
  const after = { ...newScope(), instants: new Map(scope.instants), aggregated: true };
  for (const name of new Set(names)) {
    const evaluate = resolve(scope, name);
    if (!evaluate) continue;
    addCell(after, name);
    kept.push(evaluate);
  }
  const keep = (row: Row) => ({ event: null, json: null, cells: kept.map((evaluate) => detached(evaluate(row))) });
  return { scope: after, keep };
}

/**
 * `sort` with the `limit` that follows it, and the `dedup` between them if there is one: only rows that can be in the
 * result are kept. Of rows with the same values `dedup` keeps the first in order; with a missing value all stay.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Dedup.html
 */
export function compileSort(
  sort: { keys: SortKey[]; limit: number; dedup: Evaluate[] | null; needed: string[] },
  context: Context,
): { scope: Scope; stage: Stage } {
  const keys = sort.keys.map(({ expression }) => compileExpression(expression, context));
  const directions = sort.keys.map(({ descending }) => (descending ? -1 : 1));
  const { scope, keep } = keepOnly(sort.needed, context.scope);
  const compare = (left: Ranked, right: Ranked) => {
    for (let i = 0; i < directions.length; i++) {
      const order = compareNaturally(left.keys[i] ?? null, right.keys[i] ?? null);
      if (order !== 0) return order * (directions[i] as number);
    }
    return left.sequence - right.sequence;
  };
  const stage: Stage = (next) => {
    const top = topRows(sort.limit, compare);
    const firstOf = new Map<string, Ranked>();
    let sequence = 0;
    const kept = (candidate: Ranked) => ({
      ...candidate,
      keys: candidate.keys.map(detached),
      row: keep(candidate.row),
    });
    return {
      push: (row) => {
        const candidate = { keys: keys.map((key) => key(row)), sequence: sequence++, row };
        const values = sort.dedup?.map((evaluate) => evaluate(row));
        if (values && !values.includes(null)) {
          const key = keyOf(values);
          const first = firstOf.get(key);
          if (!first || compare(candidate, first) < 0) firstOf.set(key, kept(candidate));
        } else if (top.admits(candidate)) top.offer(kept(candidate));
      },
      end: () => {
        for (const ranked of firstOf.values()) top.offer(ranked);
        for (const { row } of top.inOrder()) next.push(row);
        next.end();
      },
    };
  };
  return { scope, stage };
}
