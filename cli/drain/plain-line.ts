import { counted, firstOf } from '../output/words.ts';
import { isSaid, type WatchedDrain } from './screen.ts';

/** One drain in one line, for where nothing is redrawn: no times in it, so that it differs only when something has changed. */
export function plainLine(drain: WatchedDrain): string {
  const { node, phase, pods, blocked, text, endedAt } = drain;
  const { gone, left, terminating } = pods;
  const total = gone + left + terminating;
  const parts = [
    ...(endedAt === undefined && total > 0 ? [`${gone} of ${counted(total, 'pod')} gone`] : []),
    ...(endedAt === undefined && terminating > 0 ? [`${terminating} terminating`] : []),
    ...blocked.map((held) => `held: ${firstOf(held.pods, held.count)}: ${held.text}`),
    ...(isSaid(drain) ? [text] : []),
  ];
  return `${node}  ${phase}${parts.length > 0 ? `: ${parts.join('; ')}` : ''}`;
}
