/** What a field or expression yields: instants are milliseconds since 1970, truth is 1 or 0, a missing field is null. */
export type Value = string | number | null;

const isDigit = (code: number) => code >= 48 && code <= 57;
const [plus, minus, point, lowerE] = [43, 45, 46, 101];

/** Only decimal: not what JavaScript also reads as a number (blanks, `0x1F`, `Infinity`). Runs for every value compared. */
function spelledNumber(text: string): number | null {
  const last = text.charCodeAt(text.length - 1);
  if (!isDigit(last) && last !== point) return null;
  const first = text.charCodeAt(0);
  if (!isDigit(first) && first !== point && first !== minus && first !== plus) return null;
  const second = text.charCodeAt(1) | 32;
  if (second > 96 && second !== lowerE) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** The number that a value is or spells (what `parse` extracts is text), or null. */
export const numberOf = (value: Value): number | null => (typeof value === 'string' ? spelledNumber(value) : value);

/** A missing value equals nothing. A number equals a text that spells it; texts are equal letter by letter. */
export function isEqual(left: Value, right: Value): boolean {
  if (left === null || right === null) return false;
  if (typeof left === typeof right) return left === right;
  return numberOf(left) === numberOf(right);
}

/** Below 0, 0 or above: as numbers if both are or spell one, else as texts; NaN if one is missing, or a number. */
export function compare(left: Value, right: Value): number {
  if (left === null || right === null) return Number.NaN;
  const a = numberOf(left);
  const b = numberOf(right);
  if (a !== null && b !== null) return a - b;
  if (typeof left === 'number' || typeof right === 'number') return Number.NaN;
  return left < right ? -1 : left > right ? 1 : 0;
}

export const isTrue = (value: Value) => value !== null && value !== 0 && value !== '';

/** A copy that does not keep the line, or the chunk of the file, alive that the text was cut from. */
export function detached(value: Value): Value {
  return typeof value === 'string' && value.length > 12 ? ` ${value}`.slice(1) : value;
}

/** One text for a list of values: the same for the same values, different for different ones. */
export function keyOf(values: readonly Value[]): string {
  let key = '';
  for (const value of values)
    key += typeof value === 'string' ? `${value.length}:${value}` : value === null ? '-' : `#${value};`;
  return key;
}
