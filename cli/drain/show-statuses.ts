import { realClock } from '../../shared/adapters/real-clock.ts';
import type { DrainStatus } from '../../shared/manual/drain-status.ts';
import type { ExecutionStatus } from '../../shared/ports.ts';
import { type Format, formatted } from '../output/formats.ts';
import { openLive, styleFor } from '../output/live.ts';
import { terminalWidth } from '../output/terminal-width.ts';
import { counted } from '../output/words.ts';
import type { CliPorts } from '../program.ts';
import { interruptedExitCode } from '../run-command.ts';
import { plainLine } from './plain-line.ts';
import { drainScreen } from './screen.ts';
import { watchedStatus } from './status-text.ts';
import { watchStatuses } from './watch-statuses.ts';

/** What one look at drains finds. */
export interface Statuses {
  drains: DrainStatus[];
  /** So many more are not shown. */
  notShown?: number;
  /** Where the stack drains. */
  requests?: { requestId: string; execution: { arn: string; status: ExecutionStatus } }[];
}

interface Showing extends CliPorts {
  watch?: true;
  output: Format;
  lookMilliseconds: number;
}

/** Once, or until no drain is under way. Answers the exit code. */
export async function showStatuses(
  look: () => Promise<Statuses>,
  { watch, output, out, lookMilliseconds }: Showing,
  signal: AbortSignal,
): Promise<number> {
  if (!watch) {
    const found = await look();
    out(await formatted({ version: 1, ...found }, output, () => statusText(found)));
    return 0;
  }
  const live = openLive(process.stdout);
  const looking = async () => {
    const found = await look();
    return { drains: found.drains, isOver: !isUnderWay(found) };
  };
  try {
    const last = await watchStatuses(looking, { live, lookMilliseconds }, signal);
    live.close();
    if (live.isTerminal || last.length === 0)
      live.keep(
        ...(last.length === 0 ? ['No drain is under way.'] : last.map((each) => plainLine(watchedStatus(each)))),
      );
    return 0;
  } catch (error) {
    if (signal.aborted) return interruptedExitCode;
    throw error;
  } finally {
    live.close();
  }
}

function isUnderWay({ drains, requests = [] }: Statuses): boolean {
  const atWork: ReadonlySet<DrainStatus['phase']> = new Set(['queued', 'draining', 'stopping']);
  return (
    drains.some(({ phase }) => atWork.has(phase)) || requests.some(({ execution }) => execution.status === 'RUNNING')
  );
}

function statusText({ drains, notShown = 0, requests = [] }: Statuses): string {
  const paper = { columns: terminalWidth(process.stdout), style: styleFor(process.stdout) };
  return [
    ...(drains.length === 0 ? ['No node carries a mark of ours: no drain is under way.'] : []),
    ...drainScreen(drains.map(watchedStatus), realClock.now(), paper),
    ...(notShown > 0 ? [`${counted(notShown, 'more node')}; -l and --request show a part of them`] : []),
    ...requests.map(({ requestId, execution }) => `request ${requestId}: ${execution.status}  ${execution.arn}`),
  ].join('\n');
}
