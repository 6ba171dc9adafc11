import type { QueryWish } from './query-wish.ts';

export interface SortKey {
  column: string;
  descending: boolean;
}

/** What is sent for each part of the range, and what its answer means. */
export interface Asked {
  text: string;
  /** Rows of one part at most. */
  limit: number;
  /** Rows that are as many as the service gives to a text that does not say how many, and so perhaps not all. */
  unasked?: number;
  /** Rows that the text asks for, Infinity when it asks for all. */
  wanted: number;
  /** Whether parts of its range can be put together to what the whole would have been. */
  splittable: boolean;
  /** How the rows are sorted; none: it does not say. */
  sort: readonly SortKey[];
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
export const mostRowsAtOnce = 100_000;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Limit.html */
const rowsUnasked = 10_000;

const ending = /(?:\|\s*sort\s+(?<keys>[^|]+?)\s*)?(?:\|\s*limit\s+(?<limit>\d+)\s*)?$/i;
const sortKey = /^(?:`(?<quoted>[^`]+)`|(?<bare>[\w.@]+))(?:\s+(?<order>asc|desc))?$/i;
/** Commands that look at more than one row; of a split range they would see only a part. */
const acrossRows = /\|\s*(?:limit|sort|dedup)\s/i;

/**
 * A limit below what the service gives is part of the question: its rows are the whole answer. A limit of 100,000, or none, asks for all rows;
 * when there are more, the range is split, unless the text ends in a way that cannot be done over again with the rows of all parts.
 */
export function askedOf({ query, rowsAtOnce = mostRowsAtOnce }: QueryWish): Asked {
  const found = ending.exec(query.text);
  const { keys, limit } = found?.groups ?? {};
  const sort = keys?.split(',').map((key) => keyOf(key.trim())) ?? [];
  const known = sort.filter((key) => key !== undefined);
  const asksFor = limit === undefined ? mostRowsAtOnce : Number(limit);
  const atOnce = Math.min(asksFor, rowsAtOnce);
  return {
    text: asksFor > atOnce ? query.text.replace(/(\|\s*limit\s+)\d+\s*$/i, `$1${atOnce}`) : query.text,
    limit: atOnce,
    ...(limit === undefined && { unasked: rowsUnasked }),
    wanted: asksFor < mostRowsAtOnce ? asksFor : Number.POSITIVE_INFINITY,
    splittable: query.mergeable && known.length === sort.length && !acrossRows.test(query.text.slice(0, found?.index)),
    sort: known,
  };
}

function keyOf(text: string): SortKey | undefined {
  const groups = sortKey.exec(text)?.groups;
  const column = groups?.quoted ?? groups?.bare;
  return column === undefined ? undefined : { column, descending: groups?.order?.toLowerCase() === 'desc' };
}
