import { type AuditReport, openBySeverity } from '../audit-report.ts';
import type { RunChanges } from '../compare-runs.ts';
import type { AuditResult } from '../result.ts';
import { cutTo, isPlain, oneLine } from './plain-text.ts';

export interface AuditNews {
  report: AuditReport;
  changes: Pick<RunChanges, 'new' | 'resolved'>;
  /** Where the report lies. */
  url: string;
}

/** Of each kind in one message; all of them stand in the report. */
const most = 50;

/** One line of ASCII, less than a hundred characters. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export function newsSubject({ report: { run }, changes }: AuditNews): string {
  return `${run.audit} ${run.account} ${run.region}: ${counted(changes)}`;
}

/** What a person is told of a run: what is new, what is resolved, and whether all of it could be seen. */
export function newsText({ report, changes, url }: AuditNews): string {
  const { run, counts, results } = report;
  const open = openBySeverity(results).flatMap(([severity, count]) => (count > 0 ? [`${count} ${severity}`] : []));
  return [
    `${run.audit} of ${run.account}, ${run.region}: ${counted(changes)}.`,
    ...(run.complete
      ? []
      : [`Not everything could be seen: ${counts.UNKNOWN} unknown. What is not named here may be wrong all the same.`]),
    ...section('New', changes.new),
    ...section('Resolved', changes.resolved),
    '',
    `Open now: ${open.join(', ') || 'nothing'}. Waived: ${counts.waived}.`,
    `Report: ${url}, and the page beside it.`,
  ].join('\n');
}

function counted(changes: AuditNews['changes']): string {
  return `${changes.new.length} new, ${changes.resolved.length} resolved`;
}

function section(title: string, results: readonly AuditResult[]): string[] {
  if (results.length === 0) return [];
  const more = results.length - most;
  return [
    '',
    `${title}:`,
    ...results.slice(0, most).flatMap((each) => lines(each, title === 'New')),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ];
}

function lines({ id, status, severity, cluster, resource, reason, remediation }: AuditResult, isNew: boolean) {
  const about = [`- ${severity} ${status} ${id}`, cluster, resource].filter((part) => part !== '').join(' ');
  const command = remediation?.command ?? '';
  const shown = isNew && command !== '' && command.length <= 2_000 && isPlain(command);
  return [oneLine(`${about}: ${cutTo(reason, 500)}`), ...(shown ? [`    ${command}`] : [])];
}
