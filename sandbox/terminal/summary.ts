import { dirname, relative } from 'node:path';
import { styleText } from 'node:util';
import type { DrainReport } from '../../shared/lifecycle/report.ts';
import type { Result } from '../run-scenario.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { figures } from './figures.ts';
import { formatLine } from './format-line.ts';
import { timeline } from './timeline.ts';

/** After the story: the timeline, whether all is as it must be, and where to read on. */
export function summary(
  { must, fleet }: Scenario,
  { outcome, broken, logFile }: Result,
  columns: number | undefined,
): string[] {
  const { report, reportFile, reports, seconds } = outcome;
  const sentences = Object.keys(must);
  const lines = (kept: DrainReport) => timeline(kept).flatMap((line) => formatLine(line, columns));
  return [
    '',
    ...(fleet ? [styleText('bold', 'In figures'), ...figures(outcome), ''] : []),
    ...(report && !fleet ? [styleText('bold', 'Timeline, from the report'), ...lines(report), ''] : []),
    styleText('bold', 'What must be true at the end'),
    ...sentences.map((sentence) =>
      broken.includes(sentence) ? `  ${no('NO ')}  ${sentence}` : `  ${yes('yes')}  ${sentence}`,
    ),
    '',
    broken.length === 0
      ? yes(`As it must be, after ${seconds.toFixed(1)} s.`)
      : no(`Not as it must be, after ${seconds.toFixed(1)} s.`),
    '',
    ...(reportFile === undefined
      ? ['Report   none: a launch leaves none, nor does an event that is ignored']
      : [
          `Report   ${hereOf(reportFile)}${fleet ? `, the longest of ${reports.length}` : ''}`,
          `         npm run --silent enl -- report ${hereOf(reportFile)}`,
          `Page     ${hereOf(reportFile).replace(/\.json$/, '.html')}`,
          ...(fleet
            ? [`         npm run --silent enl -- report ${hereOf(dirname(reportFile))}/*.json --html all.html`]
            : []),
        ]),
    `Log      ${hereOf(logFile)}`,
    'Others   npm start -- --help',
  ];
}

/** A line a scenario, when there are many. */
export function resultLine({ name }: Scenario, { outcome, broken }: Result): string {
  const text = broken.length === 0 ? outcome.end?.reason : `not true: ${broken.join('; ')}`;
  const result = broken.length === 0 ? yes('ok  ') : no('FAIL');
  return `${result}  ${name.padEnd(18)}${outcome.seconds.toFixed(1).padStart(5)} s  ${text}`;
}

export function failureLine({ name }: Scenario, error: unknown): string {
  return `${no('FAIL')}  ${name.padEnd(18)}${' '.repeat(9)}${error instanceof Error ? error.message : error}`;
}

const hereOf = (path: string) => relative('', path);
const yes = (text: string) => styleText('green', text);
const no = (text: string) => styleText('red', text);
