import { chainName } from '../../shared/lifecycle/continuation.ts';
import type { DrainReport } from '../../shared/lifecycle/report.ts';
import { withoutUnseen } from '../../shared/log-page/shown-value.ts';
import { readOr } from '../audit/named-files.ts';
import { CommandError } from '../command-error.ts';
import type { EvidenceOptions } from './evidence-options.ts';
import { readReport } from './read-report.ts';

type Choice = Pick<EvidenceOptions, 'drain' | 'node' | 'report' | 'reports' | 'region' | 'profile'>;

/** The report that was asked for; undefined: none was. Throws a CommandError for one that is not there, or is of another drain. */
export async function chooseReport(options: Choice, signal: AbortSignal): Promise<DrainReport | undefined> {
  const { drain, node, report: place, reports } = options;
  if (reports !== undefined) {
    if (drain === undefined && node === undefined)
      throw new CommandError(
        'which drain?',
        'Pass --drain EXECUTION or --node NAME beside --reports, or the one --report.',
      );
    return newest(reports, options, signal);
  }
  if (place === undefined) {
    if (drain !== undefined)
      throw new CommandError(
        '--drain names a report, and nothing says where it is',
        'Pass --reports s3://BUCKET or a folder.',
      );
    return undefined;
  }
  const report = readReport(await textOf(place, options, signal), place === '-' ? 'standard input' : place);
  if (!isWanted(report, options))
    throw new CommandError(
      withoutUnseen(`${place} is the report of ${report.execution} on ${report.node ?? 'no node'}`),
      'Pass the report of the drain that is asked for, or leave --drain and --node out.',
    );
  return report;
}

async function textOf(place: string, options: Choice, signal: AbortSignal): Promise<string> {
  if (!place.startsWith('s3://')) return readOr(place);
  const { openStoredReports } = await import('../../shared/adapters/open-stored-reports.ts');
  return (await openStoredReports(place, accessOf(options))).read(keyOf(place), signal);
}

function keyOf(place: string): string {
  const key = /^s3:\/\/[^/]+\/(.+\.json)$/.exec(place)?.[1];
  if (key === undefined)
    throw new CommandError(
      `${place} names no report`,
      'It is s3://BUCKET/reports/KEY.json; for all of a bucket there is --reports.',
    );
  return key;
}

/** Reports that are read before it is said that none is there. */
const mostRead = 500;

async function newest(place: string, options: Choice, signal: AbortSignal): Promise<DrainReport> {
  const { openStoredReports } = await import('../../shared/adapters/open-stored-reports.ts');
  const stored = await openStoredReports(place, accessOf(options));
  const instance = /i-[0-9a-f]{8,17}/.exec(options.drain ?? '')?.[0] ?? '';
  const named = options.drain === undefined ? (options.node ?? '') : chainName(options.drain);
  const all = await stored.list(signal);
  // The key of a drain's report begins with its instance, if nobody renamed it.
  const isNear = ({ key }: { key: string }) => Number(instance !== '' && key.includes(instance));
  const keys = all.sort((a, b) => isNear(b) - isNear(a) || b.changedAt - a.changedAt);
  for (const { key } of keys.slice(0, mostRead)) {
    const text = await stored.read(key, signal);
    // One of another drain may be damaged as it likes.
    const report = isDrainReport(text) && text.includes(named) ? readReport(text, `${place}: ${key}`) : undefined;
    if (report && isWanted(report, options)) return report;
  }
  const what = options.drain ?? `node ${options.node}`;
  const seen =
    keys.length > mostRead ? `the newest ${mostRead} of ${keys.length} reports` : `any of ${keys.length} reports`;
  throw new CommandError(`${what} is not in ${seen} of ${place}`, 'Pass the one with --report.');
}

function accessOf({ region, profile }: Choice): { region?: string; profile?: string } {
  return { ...(region !== undefined && { region }), ...(profile !== undefined && { profile }) };
}

/** Audits and launches keep theirs in the same bucket. */
function isDrainReport(text: string): boolean {
  return text.includes('"timeline"') && text.includes('"pods"');
}

function isWanted({ execution, node }: DrainReport, wanted: Choice): boolean {
  if (wanted.drain !== undefined && chainName(execution) !== chainName(wanted.drain)) return false;
  return wanted.node === undefined || node === wanted.node;
}
