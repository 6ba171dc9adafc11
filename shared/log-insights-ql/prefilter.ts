import type { Expression } from './ast.ts';
import type { Scope } from './scope.ts';
import { numberOf } from './value.ts';

/** Each inner list: one of these texts must be in the line. */
type Needs = string[][];

/** Encoders may write any of these only as it is or as a \u escape. */
const plain = /^[A-Za-z0-9._:@-]+$/;

const isDiscovered = (expression: Expression, scope: Scope) =>
  expression.type === 'field' &&
  !expression.name.startsWith('@') &&
  !scope.aggregated &&
  !scope.names.has(expression.name);

/** How it ends in JSON (a quote in front would be slow to find); undefined where another spelling could be equal (a number) or where it may be escaped. */
function quoted(expression: Expression): string | undefined {
  if (expression.type !== 'literal' || typeof expression.value === 'number') return undefined;
  return plain.test(expression.value) && numberOf(expression.value) === null ? `${expression.value}"` : undefined;
}

/** What a line must hold for the condition to be true of it: texts that fields of its JSON are compared with. */
export function needsOf(condition: Expression, scope: Scope): Needs {
  if (condition.type === 'in' && !condition.negated && isDiscovered(condition.operand, scope)) {
    const texts = condition.list.map(quoted);
    return texts.every((text) => text !== undefined) ? [texts] : [];
  }
  if (condition.type !== 'binary') return [];
  const { operator, left, right } = condition;
  if (operator === 'and') return [...needsOf(left, scope), ...needsOf(right, scope)];
  if (operator === 'or') {
    const [ofLeft, ofRight] = [needsOf(left, scope), needsOf(right, scope)];
    return ofLeft[0] && ofRight[0] ? [[...ofLeft[0], ...ofRight[0]]] : [];
  }
  if (operator !== '=') return [];
  const text = isDiscovered(left, scope) ? quoted(right) : isDiscovered(right, scope) ? quoted(left) : undefined;
  return text === undefined ? [] : [[text]];
}

/** Lines after which a need is dropped unless, for each of its texts, it spared the parsing of one in so many. */
const [trialLines, worthwhile] = [256, 8];

/**
 * Whether a line can fulfil its needs; a line with \u escapes always can. The answer may be yes for any line: needs that
 * nearly every line fulfils are not looked at for long.
 */
export function mayMatch(needs: Needs): (message: string) => boolean {
  const looked = needs.map((texts) => ({ texts, lines: 0, spared: 0 }));
  return (message) => {
    for (const need of looked) {
      if (need.lines >= trialLines && need.spared * worthwhile < need.lines * need.texts.length) continue;
      need.lines++;
      if (need.texts.some((text) => message.includes(text)) || message.includes(String.raw`\u`)) continue;
      need.spared++;
      return false;
    }
    return true;
  };
}
