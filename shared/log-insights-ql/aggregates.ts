import { compareNaturally } from './natural-order.ts';
import type { Row } from './row.ts';
import { detached, numberOf, type Value } from './value.ts';

/** The running state of one aggregate in one group. */
export interface Aggregate {
  add(value: Value, row: Row): void;
  result(): Value;
}

function numeric(result: (numbers: { count: number; sum: number; squares: number }) => number | null) {
  return (): Aggregate => {
    // Welford's way: squares are of the distance from the mean, so that they do not cancel out.
    let [count, sum, mean, squares] = [0, 0, 0, 0];
    return {
      add: (value) => {
        const number = numberOf(value);
        if (number === null) return;
        count++;
        sum += number;
        const before = number - mean;
        mean += before / count;
        squares += before * (number - mean);
      },
      result: () => result({ count, sum, squares }),
    };
  };
}

/** Keeps the least or greatest of the numbers, and of the other texts only if there is no number. */
function extreme(sign: 1 | -1) {
  return (): Aggregate => {
    const text = chosenText(sign)();
    let most: number | null = null;
    return {
      add: (value, row) => {
        const number = numberOf(value);
        if (number === null) text.add(value, row);
        else if (most === null || (number - most) * sign > 0) most = number;
      },
      result: () => most ?? text.result(),
    };
  };
}

function chosenText(sign: 1 | -1) {
  return (): Aggregate => {
    let kept: string | null = null;
    return {
      add: (value) => {
        if (value === null) return;
        const text = String(value);
        if (kept === null || (sign > 0 ? text > kept : text < kept)) kept = String(detached(text));
      },
      result: () => kept,
    };
  };
}

/** The value that `sort` would put first or last. */
function sorted(sign: 1 | -1) {
  return (): Aggregate => {
    let kept: Value = null;
    return {
      add: (value) => {
        if (value !== null && (kept === null || compareNaturally(value, kept) * sign > 0)) kept = detached(value);
      },
      result: () => kept,
    };
  };
}

/** The value of the event that is earliest or latest among those that have one. */
function atInstant(isBetter: (candidateMs: number, keptMs: number) => boolean) {
  return (): Aggregate => {
    let [kept, keptMs]: [Value, number] = [null, Number.NaN];
    return {
      add: (value, { event }) => {
        if (value === null || !event || !(Number.isNaN(keptMs) || isBetter(event.timestampMs, keptMs))) return;
        [kept, keptMs] = [detached(value), event.timestampMs];
      },
      result: () => kept,
    };
  };
}

function distinct(): Aggregate {
  const seen = new Set<Value>();
  return {
    add: (value) => {
      if (value !== null && !seen.has(value)) seen.add(detached(value));
    },
    result: () => seen.size,
  };
}

/** The value at a rank (nearest rank), from all numbers: 8 bytes an event. */
export function percentile(percent: number): () => Aggregate {
  return () => {
    let [numbers, count] = [new Float64Array(16), 0];
    return {
      add: (value) => {
        const number = numberOf(value);
        if (number === null) return;
        if (count === numbers.length) {
          const wider = new Float64Array(count * 2);
          wider.set(numbers);
          numbers = wider;
        }
        numbers[count++] = number;
      },
      result: () => {
        const rank = Math.max(1, Math.ceil((percent / 100) * count));
        return numbers.subarray(0, count).sort()[rank - 1] ?? null;
      },
    };
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Stats.html */
export const aggregates: Record<string, () => Aggregate> = {
  count: () => {
    let count = 0;
    return {
      add: (value) => {
        if (value !== null) count++;
      },
      result: () => count,
    };
  },
  count_distinct: distinct,
  sum: numeric(({ sum, count }) => (count > 0 ? sum : null)),
  avg: numeric(({ sum, count }) => (count > 0 ? sum / count : null)),
  stddev: numeric(({ count, squares }) => (count > 0 ? Math.sqrt(squares / count) : null)),
  min: extreme(-1),
  max: extreme(1),
  earliest: atInstant((candidateMs, keptMs) => candidateMs < keptMs),
  latest: atInstant((candidateMs, keptMs) => candidateMs >= keptMs),
  sortsfirst: sorted(-1),
  sortslast: sorted(1),
};
