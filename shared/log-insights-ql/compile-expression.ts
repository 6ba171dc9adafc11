import { aggregates } from './aggregates.ts';
import type { Expression } from './ast.ts';
import { checkInstants, compileBinary } from './compile-binary.ts';
import { functions } from './functions.ts';
import { matcher } from './pattern.ts';
import type { Evaluate } from './row.ts';
import { resolve, type Scope } from './scope.ts';
import { isEqual, isTrue, numberOf, type Value } from './value.ts';

/** What compiling a part of a query needs to know. */
export interface Context {
  scope: Scope;
  /** Throws QueryError for a place in the query. */
  fail(reason: string, at: number): never;
  /** Compiles what only its command allows: the aggregates of `stats`. */
  special?: (expression: Expression) => Evaluate | undefined;
}

function compileCall(call: Extract<Expression, { type: 'call' }>, context: Context): Evaluate {
  const { name, args, at } = call;
  if (name === 'bin' || name === 'datefloor' || name === 'dateceil') return compileBin(call, context);
  const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (name === 'pct' || Object.hasOwn(aggregates, name))
    return context.fail(`${name} puts events together, which only stats can`, at);
  if (!known) return context.fail(`the function ${name} is not known here`, at);
  if (args.length < known.least || args.length > known.most)
    return context.fail(`${name} does not take ${args.length} arguments`, at);
  const parts = args.map((arg) => compileExpression(arg, context));
  const { apply } = known;
  const [only, other] = parts;
  // The usual ones, without a list for their arguments.
  if (name === 'coalesce' && parts.length === 2) return (row) => only?.(row) ?? other?.(row) ?? null;
  if (only && parts.length === 1) {
    const values: Value[] = [null];
    return (row) => {
      values[0] = only(row);
      return apply(values);
    };
  }
  return (row) => apply(parts.map((part) => part(row)));
}

function compileBin({ name, args, at }: Extract<Expression, { type: 'call' }>, context: Context): Evaluate {
  const period = args.at(-1);
  if (period?.type !== 'period' || period.lengthMs === 0 || args.length !== (name === 'bin' ? 1 : 2))
    return context.fail(`${name} takes ${name === 'bin' ? 'a period' : 'an instant and a period'} such as 5m`, at);
  const instant: Expression = name === 'bin' ? { type: 'field', name: '@timestamp', at } : (args[0] as Expression);
  const of = compileExpression(instant, context);
  const { lengthMs } = period;
  const round = name === 'dateceil' ? Math.ceil : Math.floor;
  return (row) => {
    const instantMs = numberOf(of(row));
    return instantMs === null ? null : round(instantMs / lengthMs) * lengthMs;
  };
}

/** An expression as a function of a row. A missing field makes `=`, `<`, `in` and `like` false, `!=` and the `not` forms true. */
export function compileExpression(expression: Expression, context: Context): Evaluate {
  const special = context.special?.(expression);
  if (special) return special;
  const part = (inner: Expression) => compileExpression(inner, context);
  switch (expression.type) {
    case 'literal': {
      const { value } = expression;
      return () => value;
    }
    case 'field': {
      const { name, at } = expression;
      if (/^(?:true|false|null)$/i.test(name) && !context.scope.names.has(name))
        context.fail(
          `${name} is no value here: in a query JSON's true is 1, its false 0, and ispresent asks for null`,
          at,
        );
      return resolve(context.scope, name) ?? context.fail(`there is no field ${name} at this point`, at);
    }
    case 'star':
      return context.fail('* stands for an event only in count(*)', expression.at);
    case 'period':
      return context.fail('a period stands only in bin, datefloor and dateceil', expression.at);
    case 'call':
      return compileCall(expression, context);
    case 'binary':
      checkInstants(expression, context.fail);
      return compileBinary(expression.operator, part(expression.left), part(expression.right));
    case 'not': {
      const operand = part(expression.operand);
      return (row) => Number(!isTrue(operand(row)));
    }
    case 'minus':
      return compileBinary('-', () => 0, part(expression.operand));
    case 'in': {
      const [operand, list] = [part(expression.operand), expression.list.map(part)];
      // Texts are equal letter by letter: in a list of texts alone a text is looked up.
      const texts = new Set(expression.list.map((item) => (item.type === 'literal' ? item.value : null)));
      const areTexts = [...texts].every((text) => typeof text === 'string');
      return (row) => {
        const value = operand(row);
        const isIn =
          areTexts && typeof value === 'string' ? texts.has(value) : list.some((item) => isEqual(value, item(row)));
        return Number(isIn !== expression.negated);
      };
    }
    case 'like': {
      const [operand, matches] = [part(expression.operand), matcher(expression.pattern, context.fail)];
      // Streams are the same for many events.
      let [last, result]: [Value, number] = [null, Number(expression.negated)];
      return (row) => {
        const value = operand(row);
        if (value === last) return result;
        last = value;
        result = Number((value !== null && matches(String(value))) !== expression.negated);
        return result;
      };
    }
  }
}
