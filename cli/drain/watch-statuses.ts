import { realClock } from '../../shared/adapters/real-clock.ts';
import type { DrainStatus } from '../../shared/manual/drain-status.ts';
import type { Live } from '../output/live.ts';
import { plainLine } from './plain-line.ts';
import { drainScreen } from './screen.ts';
import { watchedStatus } from './status-text.ts';

const drawMilliseconds = 500;

/** Of a drain that ends well the mark stays. */
const withoutMark = 'has no mark of ours any more: its drain was stopped, or it is gone';

export interface Look {
  drains: readonly DrainStatus[];
  isOver: boolean;
}

/** Shows what each look finds until one finds that all is over; times go on between looks. Answers what the last one found. */
export async function watchStatuses(
  look: () => Promise<Look>,
  { live, lookMilliseconds }: { live: Live; lookMilliseconds: number },
  signal: AbortSignal,
): Promise<readonly DrainStatus[]> {
  const told = new Map<string, string>();
  let before: readonly DrainStatus[] = [];
  for (;;) {
    const { drains, isOver } = await look();
    const nodes = new Set(drains.map(({ node }) => node));
    for (const { node } of before) if (!nodes.has(node)) live.keep(`${node}  ${withoutMark}`);
    before = drains;
    const shown = drains.map(watchedStatus);
    for (const drain of live.isTerminal ? [] : shown) {
      const line = plainLine(drain);
      if (told.get(drain.node) !== line) live.keep(line);
      told.set(drain.node, line);
    }
    if (isOver) return drains;
    const until = realClock.now() + lookMilliseconds;
    while (realClock.now() < until) {
      live.show(drainScreen(shown, realClock.now(), live));
      await realClock.sleep(Math.min(drawMilliseconds, lookMilliseconds), signal);
    }
  }
}
