import { realClock } from '../../shared/adapters/real-clock.ts';
import { missingParts } from '../../shared/log-page/missing-parts.ts';
import type { QueryView } from '../../shared/log-page/query-view.ts';
import { CommandError } from '../command-error.ts';
import type { CliPorts } from '../program.ts';
import { type Running, tell } from '../run-command.ts';
import { type AskedQuery, askedQuery } from './asked-query.ts';
import { instantColumns } from './instant-columns.ts';
import { lagSeconds, rangeOf } from './read-range.ts';
import { renderResult } from './render-result.ts';
import { resultPlace } from './result-place.ts';
import type { RunOptions } from './run-options.ts';

const partialExitCode = 2;

/** `enl query run`: 0 all there is, 2 not all of it. Throws a CommandError before anything is asked, and what AWS clients throw. */
export async function actRun(
  name: string | undefined,
  options: RunOptions,
  ports: CliPorts,
  running: Running,
): Promise<number> {
  const asked = askedQuery(name, options);
  refuseMixed(asked, options);
  const place = resultPlace(options.outputFile, ports);
  const range = rangeOf(options, Math.floor(realClock.now() / 1000));
  const { shown, severityOf } = asked;
  const found = options.file
    ? await (await import('./over-files.ts')).overFiles(asked, { ...options, file: options.file }, range, running)
    : await (await import('./over-cloudwatch.ts')).overCloudWatch(asked, options, range, running);
  const { outcome } = found;
  const view: QueryView = {
    ...found,
    query: shown,
    instants: instantColumns(shown.text),
    ...(severityOf && { severities: outcome.rows.map(severityOf) }),
  };
  place.write(await renderResult(view, options.output, place.width));
  if (!options.file) tellLag(view);
  return tellOf(view);
}

/** What happened a moment ago is in no log yet, and would be taken for what did not. */
function tellLag({ range, outcome }: QueryView): void {
  const readSeconds = realClock.now() / 1000 - lagSeconds;
  if (!range || outcome.rows.length > 0 || range.endSeconds < readSeconds) return;
  tell(
    `the log comes some minutes late: what was done after ${new Date(readSeconds * 1000).toISOString()} may be missing`,
  );
}

/** Answers the exit code. */
function tellOf(view: QueryView): number {
  const given = (view.severities ?? []).filter((severity) => severity !== undefined);
  const findings = [...Map.groupBy(given, (severity) => severity)].map(
    ([severity, all]) => `${all.length} ${severity}`,
  );
  if (findings.length > 0) tell(`findings among the rows, as a scheduled run would see them: ${findings.join(', ')}`);
  const missing = missingParts(view);
  for (const text of missing) tell(`not all there is: ${text}`);
  return missing.length > 0 ? partialExitCode : 0;
}

/** What would have no effect. */
function refuseMixed({ shown, streams }: AskedQuery, options: RunOptions): void {
  const { file, stream, cluster, logGroup } = options;
  if (file) return;
  if (stream !== undefined)
    throw new CommandError('--stream is about --file', 'In CloudWatch the query names its streams.');
  if (cluster === undefined && logGroup === undefined)
    throw new CommandError('whose log is it?', 'Pass --cluster NAME, --log-group NAME, or --file LOG.');
  if (logGroup === undefined && streams.includes('cloudtrail'))
    throw new CommandError(
      `${shown.name} asks the log of CloudTrail, which is in no log group of a cluster`,
      'Pass --log-group with that of the trail, or --file LOG.',
    );
}
