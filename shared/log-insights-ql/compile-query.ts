import { arrange, columnsOf } from './arrange.ts';
import type { Command } from './ast.ts';
import { type Context, compileExpression } from './compile-expression.ts';
import { compileFilter, compileParse, define, limitTo } from './compile-row-stages.ts';
import { compileSort } from './compile-sort.ts';
import { compileStats } from './compile-stats.ts';
import { namesIn } from './names-in.ts';
import { parseQuery } from './parse-query.ts';
import { mayMatch, needsOf } from './prefilter.ts';
import { QueryError } from './query-error.ts';
import type { Evaluate } from './row.ts';
import { newScope, resolve } from './scope.ts';
import type { Stage } from './sink.ts';

export interface Column {
  name: string;
  /** Its values are milliseconds since 1970, for whoever shows them. */
  instant: boolean;
  /** CloudWatch writes them as such a number, not as a date. */
  inMilliseconds?: true;
}

export interface CompiledQuery {
  columns: (Column & { read: Evaluate })[];
  ptr: Evaluate;
  stages: Stage[];
  /** How many of the stages work on one event each: what passes them has matched. */
  matching: number;
  /** For one run: false of a line that cannot match, without parsing it. */
  newLineFilter(): (message: string) => boolean;
}

/** A query, ready to run over any number of logs. Throws QueryError for whatever is not known here. */
export function compileQuery(text: string): CompiledQuery {
  const fail = (reason: string, at: number): never => {
    throw new QueryError(reason, text, at);
  };
  const commands = arrange(parseQuery(text), fail);
  const columns = columnsOf(commands);
  const context: Context = { scope: newScope(), fail };
  const stages: Stage[] = [];
  const needs: string[][] = [];
  let matching = 0;
  for (let at = 0; at < commands.length; at++) {
    const command = commands[at] as Command;
    const [following, afterIt] = [commands[at + 1], commands[at + 2]];
    if (command.type === 'fields' || command.type === 'display') define(command.items, context);
    else if (command.type === 'filter') {
      if (matching === stages.length) needs.push(...needsOf(command.condition, context.scope));
      stages.push(compileFilter(command, context));
      if (matching === stages.length - 1) matching++;
    } else if (command.type === 'parse') {
      stages.push(compileParse(command, context));
      if (matching === stages.length - 1) matching++;
    } else if (command.type === 'limit') stages.push(limitTo(command.count));
    else if (command.type === 'stats') {
      const { scope, stage } = compileStats(command, context);
      context.scope = scope;
      stages.push(stage);
    } else if (command.type === 'sort') {
      const isDedup = following?.type === 'dedup';
      const limit = isDedup ? afterIt : following;
      const dedup = isDedup ? following.items.map(({ expression }) => compileExpression(expression, context)) : null;
      const needed = [...commands.slice(at + 1).flatMap(namesIn), ...columns, '@ptr', '@timestamp'];
      const { scope, stage } = compileSort(
        { keys: command.keys, limit: limit?.type === 'limit' ? limit.count : Number.POSITIVE_INFINITY, dedup, needed },
        context,
      );
      context.scope = scope;
      stages.push(stage);
    }
  }
  const { scope } = context;
  return {
    columns: columns.map((name) => ({
      name,
      instant: scope.instants.has(name),
      ...(scope.instants.get(name) === 'milliseconds' && { inMilliseconds: true as const }),
      read: resolve(scope, name) ?? fail(`there is no field ${name} in the result`, 0),
    })),
    ptr: resolve(scope, '@ptr') ?? (() => null),
    stages,
    matching,
    newLineFilter: () => mayMatch(needs),
  };
}
