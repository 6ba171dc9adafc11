import type { PartialCode } from './outcome.ts';
import { bytesSoFar, type QueryState } from './query-state.ts';
import type { Step } from './step.ts';
import { stopRunning } from './stop-running.ts';
import { unreadText } from './unread-text.ts';
import { within } from './within.ts';

const bytesMs = 2_000;

export const overTime = ({ wish: { untilMs }, ports }: Pick<Step, 'wish' | 'ports'>): boolean =>
  untilMs !== undefined && ports.clock.now() >= untilMs;

/** Ends a run before all is read: what runs is stopped, what was kept stays. */
export async function endQuery({ draft, ports }: Pick<Step, 'draft' | 'ports'>, code: PartialCode, why: string) {
  const left = await stopRunning(draft, ports);
  await readBytes(draft, ports);
  const unread = unreadText([...draft.waiting, ...draft.running.map(({ range }) => range)]);
  const still = left.length > 0 ? [`could not be stopped and may still run: ${left.join(', ')}`] : [];
  draft.stopped = { code, text: [why, ...unread, ...still].join('; ') };
  draft.read.bytesScanned = bytesSoFar(draft);
  draft.waiting = [];
  draft.running = [];
  draft.phase = 'done';
}

/** What was scanned since the last look has to be paid for, too; if it is not told, what was seen counts. */
async function readBytes({ running }: QueryState, { logs, clock }: Step['ports']): Promise<void> {
  if (running.length === 0) return;
  const read = (signal: AbortSignal) =>
    running.map(async (part) => {
      const { statistics } = await logs.results(part.queryId, undefined, signal);
      part.bytesScanned = Math.max(part.bytesScanned, statistics.bytesScanned);
    });
  await within(bytesMs, clock, (signal) => Promise.allSettled(read(signal)));
}
