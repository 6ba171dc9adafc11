import { realClock } from '../../shared/adapters/real-clock.ts';
import { type Evidence, evidenceOf } from '../../shared/evidence/evidence.ts';
import type { DrainReport } from '../../shared/lifecycle/report.ts';
import type { TimeRange } from '../../shared/log-insights/time-range.ts';
import { withoutUnseen } from '../../shared/log-page/shown-value.ts';
import { CommandError } from '../command-error.ts';
import type { CliPorts } from '../program.ts';
import { lagSeconds, rangeOf } from '../query/read-range.ts';
import { resultPlace } from '../query/result-place.ts';
import type { Running } from '../run-command.ts';
import { chooseReport } from './choose-report.ts';
import type { EvidenceOptions } from './evidence-options.ts';
import { readLog } from './read-log.ts';
import { renderEvidence } from './render-evidence.ts';

/** What comes before a drain and after it is looked at, too. */
const aroundSeconds = 600;

const codes: Record<Evidence['outcome'], number> = { shown: 0, 'no-claims': 0, differs: 1, partial: 2 };

/** `enl evidence`: the exit code. It only reads. */
export async function showEvidence(options: EvidenceOptions, ports: CliPorts, running: Running): Promise<number> {
  if (options.node === undefined && options.drain === undefined && options.report === undefined)
    throw new CommandError('which drain?', 'Pass --node NAME, --drain EXECUTION, or --report FILE.');
  if (options.report === '-' && options.file?.includes('-'))
    throw new CommandError('standard input cannot be both the report and the log', 'Put one of them into a file.');
  const place = resultPlace(options.outputFile, ports);
  const now = realClock.now();
  const given = rangeOf(options, Math.floor(now / 1000));
  const report = await chooseReport(options, running.signal);
  const node = report?.node ?? options.node;
  if (node === undefined)
    throw new CommandError(
      withoutUnseen(`the drain ${report?.execution} found no node: ${report?.end?.text ?? 'its report has no end'}`),
      'It asked nothing of a node, so that there is nothing to look for in the log.',
    );
  const logOf = withCluster(options, report);
  const log = await readLog(node, logOf, given ?? rangeAround(report, now), running);
  const evidence = evidenceOf({
    ...{ node, report, rows: log.rows, coverage: log.coverage },
    ...(log.cut !== undefined && { cut: log.cut }),
    ...(log.range && { range: log.range }),
    users: options.user ?? [],
    toleranceSeconds: options.tolerance,
    ...(options.file === undefined && { delivery: { now, lagSeconds } }),
  });
  place.write(await renderEvidence(evidence, log.source, options.output, place.width));
  return codes[evidence.outcome];
}

function rangeAround(report: DrainReport | undefined, now: number): TimeRange | undefined {
  if (!report) return undefined;
  const end = report.endedAt === undefined ? now : Date.parse(report.endedAt);
  return {
    startSeconds: Math.floor(Date.parse(report.startedAt) / 1000) - aroundSeconds,
    endSeconds: Math.min(Math.ceil(end / 1000) + aroundSeconds, Math.ceil(now / 1000)),
  };
}

/** The report knows the cluster; where there is none, somebody has to say whose log it is. */
function withCluster(options: EvidenceOptions, report: DrainReport | undefined): EvidenceOptions {
  const { file, cluster, logGroup } = options;
  const told = report?.cluster;
  if (file || logGroup !== undefined) return options;
  if (cluster !== undefined && told !== undefined && cluster !== told)
    throw new CommandError(
      withoutUnseen(`the report is of a drain in cluster ${told}, and --cluster is ${cluster}`),
      'In the log of another cluster nothing of it can be found. Leave --cluster out, or name the log with --log-group.',
    );
  if (cluster !== undefined) return options;
  if (told !== undefined) return { ...options, cluster: told };
  throw new CommandError('whose log is it?', 'Pass --cluster NAME, --log-group NAME, or --file LOG.');
}
