import { bytesText } from '../../shared/log-query/bytes-text.ts';
import { costUsd, priceNote } from '../../shared/log-query/cost.ts';
import type { QueryProgress } from '../../shared/log-query/query-wish.ts';
import { duration } from '../output/words.ts';

const barCharacters = 20;

/** How far a query is, in one line. */
export function progressLine(
  { parts, seconds, rows, statistics, estimatedBytes, busy }: QueryProgress,
  elapsedSeconds: number,
): string {
  const share = Math.min(
    1,
    Math.max(seconds.read / seconds.all, statistics.bytesScanned / Math.max(1, estimatedBytes)),
  );
  const done = Math.floor(share * barCharacters);
  const bar = `${'#'.repeat(done)}${'.'.repeat(barCharacters - done)}`;
  const all = parts.waiting + parts.running + parts.read;
  return [
    `${bar} ${bytesText(statistics.bytesScanned)}`,
    `${rows} rows`,
    ...(all > 1 ? [`part ${parts.read + 1} of ${all}`] : []),
    busy ? 'waiting: as many queries run in the account as may' : duration(elapsedSeconds),
  ].join('  ');
}

/** What scanning costs: `about 0.006 USD`, and how well that is known. */
export function sayCost(bytes: number, region: string): string {
  const usd = costUsd(bytes, region);
  const about = usd < 0.0005 ? 'less than 0.001' : `about ${usd.toFixed(usd < 0.1 ? 3 : 2)}`;
  const note = priceNote(region);
  return `${about} USD${note === undefined ? '' : ` (${note})`}`;
}
