import { counted, someOf } from '../output/words.ts';
import type { WatchedDrain } from './screen.ts';

/** One drain in one line, for where nothing is redrawn: no times in it, so that it differs only when something has changed. */
export function plainLine({ node, phase, pods, blocked, text, endedAt }: WatchedDrain): string {
  const { gone, left, terminating } = pods;
  const total = gone + left + terminating;
  const parts = [
    ...(endedAt === undefined && total > 0 ? [`${gone} of ${counted(total, 'pod')} gone`] : []),
    ...(endedAt === undefined && terminating > 0 ? [`${terminating} terminating`] : []),
    ...blocked.map((held) => `held: ${someOf(held.pods)}: ${held.text}`),
    ...(text === undefined ? [] : [text]),
  ];
  return `${node}  ${phase}${parts.length > 0 ? `: ${parts.join('; ')}` : ''}`;
}
