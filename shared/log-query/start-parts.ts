import type { TimeRange } from '../log-insights/time-range.ts';
import { countPart } from './count-part.ts';
import { overTime } from './end-query.ts';
import { lookDelayMs } from './look-delay.ts';
import { OutsideLogError } from './outside-log-error.ts';
import { isDue, queriesAtOnce } from './query-state.ts';
import type { Step } from './step.ts';
import { within } from './within.ts';

/** Longer than a call may take with its repeats. */
const answerMs = 60_000;
const [leastWaitMs, mostWaitMs] = [1_000, 30_000];

/** Starts queries for the parts that wait, as far as there is room for them here and in the account. */
export async function startParts(step: Step): Promise<void> {
  const { draft, wish, asked, ports, signal } = step;
  const { clock, logs } = ports;
  for (let range = draft.waiting[0]; range; range = draft.waiting[0]) {
    if (draft.running.length >= queriesAtOnce || !isDue(draft.startAt, clock.now()) || overTime(step)) return;
    await ports.turn(signal);
    const part = { group: wish.group, text: asked.text, range, limit: asked.limit };
    // Not with the run's own signal: a query whose id nobody waited for could not be stopped.
    const answer = await within(answerMs, clock, (patience) => logs.startQuery(part, patience)).catch(
      nothingThere(range, wish.range),
    );
    if (answer === 'nothing there') {
      draft.waiting.shift();
      await ports.keep([], range);
      countPart(draft.read, range);
      continue;
    }
    if (answer === 'busy') {
      const wait = Math.min(mostWaitMs, leastWaitMs * 2 ** draft.refusals++);
      draft.startAt = clock.now() + leastWaitMs + Math.round(ports.random() * wait);
      return;
    }
    draft.refusals = 0;
    draft.waiting.shift();
    const lookAt = clock.now() + lookDelayMs(0, ports.random);
    draft.running.push({ range, queryId: answer.queryId, looks: 0, lookAt, bytesScanned: 0 });
    signal.throwIfAborted();
  }
}

/** Of a part that ends before the log begins there is nothing to read; of a whole range it is an error that says so. */
const nothingThere = (part: TimeRange, whole: TimeRange) => (error: unknown) => {
  const isWhole = part.startSeconds === whole.startSeconds && part.endSeconds === whole.endSeconds;
  const isOutside = error instanceof OutsideLogError || (error as Error).cause instanceof OutsideLogError;
  if (isWhole || !isOutside) throw error;
  return 'nothing there' as const;
};
