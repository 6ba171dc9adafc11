import { addAbortSignal } from 'node:stream';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { LogFileError } from '../../shared/log-files/log-file-error.ts';
import { type FileOutcome, runAllOverFiles } from '../../shared/log-files/run-over-files.ts';
import type { TimeRange } from '../../shared/log-insights/time-range.ts';
import type { QueryView } from '../../shared/log-page/query-view.ts';
import { withoutUnseen } from '../../shared/log-page/shown-value.ts';
import { bytesText } from '../../shared/log-query/bytes-text.ts';
import { CommandError } from '../command-error.ts';
import { type Live, openLive } from '../output/live.ts';
import { counted, duration, someOf } from '../output/words.ts';
import { type Running, tell } from '../run-command.ts';
import type { AskedQuery } from './asked-query.ts';
import { explainQuery } from './explain-query.ts';
import type { RunOptions } from './run-options.ts';

type Found = Pick<QueryView, 'source' | 'range' | 'outcome' | 'broken' | 'span'>;
type FilesAsked = Pick<RunOptions, 'stream'> & { file: readonly string[] };

/** What the log in these files answers. Nobody else is asked. Throws a CommandError. */
export async function overFiles(
  asked: AskedQuery,
  options: FilesAsked,
  range: TimeRange | undefined,
  running: Running,
): Promise<Found> {
  const [found] = await allOverFiles([asked], options, range, running);
  return found;
}

/** Several queries of the streams of the first; the files are read once. */
export async function allOverFiles<const Asked extends readonly [AskedQuery, ...AskedQuery[]]>(
  asked: Asked,
  { file, stream }: FilesAsked,
  range: TimeRange | undefined,
  { signal, onInterrupt }: Running,
): Promise<{ [At in keyof Asked]: Found }> {
  onInterrupt.first = 'stopping';
  const begun = performance.now();
  const live = openLive(process.stderr);
  const [{ shown, streams }] = asked;
  const options = {
    ...(range && { range }),
    ...(stream && { stream }),
    // Nobody may ever write the next piece of it.
    ...(file.includes('-') && { stdin: { bytes: addAbortSignal(signal, process.stdin), nowMs: realClock.now() } }),
    progress: progressOn(live, begun),
  };
  const names = file.map((name) => (name === '-' ? 'standard input' : name));
  try {
    const texts = asked.map((each) => each.shown.text);
    const outcomes = await runAllOverFiles({ texts, streams }, file, options, signal);
    live.close();
    tellRead(names, range, outcomes, (performance.now() - begun) / 1000);
    const found = outcomes.map(({ broken, span, passedOver: _, ...outcome }): Found => {
      const given = { ...(range && { range }), ...(broken.length > 0 && { broken }), ...(span && { span }) };
      return { source: names.join(', '), outcome, ...given };
    });
    return found as { [At in keyof Asked]: Found };
  } catch (error) {
    live.close();
    if (error instanceof LogFileError)
      throw new CommandError(withoutUnseen(error.message), undefined, { cause: error });
    throw explainQuery(error, shown);
  }
}

/** Redrawn more often nobody could read it. */
const redrawMilliseconds = 200;

function progressOn(live: Live, begun: number): (bytes: number) => void {
  let shownAt = begun;
  return (bytes) => {
    const now = performance.now();
    if (now - shownAt < redrawMilliseconds) return;
    shownAt = now;
    live.show([`read ${bytesText(bytes)}  ${duration((now - begun) / 1000)}`]);
  };
}

function tellRead(
  names: readonly string[],
  range: TimeRange | undefined,
  [outcome]: readonly FileOutcome[],
  seconds: number,
): void {
  if (!outcome) return;
  const { statistics, passedOver } = outcome;
  const events = `${counted(statistics.recordsScanned, 'event')}${range ? ' in the range' : ''}`;
  const what = `${bytesText(statistics.bytesScanned)} of ${withoutUnseen(someOf(names))}`;
  tell(`read ${what} in ${duration(seconds)}: ${events}`);
  if (passedOver[0] !== undefined)
    tell(
      `${counted(passedOver.length, 'file')} passed over${passedOver.length > 1 ? ', such as' : ''}: ${passedOver[0]}`,
    );
}
