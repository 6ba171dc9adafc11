import { numberOf, type Value } from './value.ts';

const isDigit = (code: number) => code >= 48 && code <= 57;

function endOfDigits(text: string, from: number): number {
  let end = from;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return end;
}

function compareTexts(left: string, right: string): number {
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    const [a, b] = [left.charCodeAt(i), right.charCodeAt(j)];
    if (isDigit(a) && isDigit(b)) {
      const [endOfLeft, endOfRight] = [endOfDigits(left, i), endOfDigits(right, j)];
      if (endOfLeft - i !== endOfRight - j) return endOfLeft - i - (endOfRight - j);
      const [m, n] = [left.slice(i, endOfLeft), right.slice(j, endOfRight)];
      if (m !== n) return m < n ? -1 : 1;
      [i, j] = [endOfLeft, endOfRight];
    } else {
      if (a !== b) return a - b;
      i++;
      j++;
    }
  }
  return left.length - i - (right.length - j);
}

/**
 * The order of `sort`, ascending: whatever is no number (a missing value as an empty text) before numbers; in texts,
 * runs of digits by their length and then their value, the rest by its code.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Sort.html
 */
export function compareNaturally(left: Value, right: Value): number {
  const a = numberOf(left);
  const b = numberOf(right);
  if (a !== null && b !== null) return a - b;
  if (a !== null) return 1;
  if (b !== null) return -1;
  return compareTexts(String(left ?? ''), String(right ?? ''));
}
