import type { AuditReport } from '../audit-report.ts';
import { type Severity, severities } from '../finding.ts';
import { type AuditResult, isFinding } from '../result.ts';
import { isPlain, oneLine, shortResource } from './plain-text.ts';

/** The report for a pull request, an issue or a job's summary: what needs somebody, by severity, with the commands. https://github.github.com/gfm/ */
export function renderMarkdown({ run, counts, results, denied }: AuditReport): string {
  const { audit, account, region, clusters, startedAt } = run;
  const open = results.filter((each) => isFinding(each) && !each.waived);
  return [
    `# ${text(audit)}: ${text(account)}, ${text(region)}`,
    `Clusters: ${clusters.map(code).join(', ') || 'none'} · ${text(startedAt)}${run.complete ? '' : ' · **not complete**'}`,
    table(
      ['FAIL', 'WARN', 'UNKNOWN', 'PASS', 'Not applicable', 'Waived'],
      [[counts.FAIL, counts.WARN, counts.UNKNOWN, counts.PASS, counts.NOT_APPLICABLE, counts.waived].map(String)],
    ),
    ...severities.flatMap((severity) => ofSeverity(severity, open)),
    ...(open.length === 0 ? ['No open findings.'] : []),
    ...section('Unknown', results.filter(({ status, waived }) => status === 'UNKNOWN' && !waived).map(item)),
    ...section(
      'Missing rights',
      denied.map(({ action, about, message }) => `- ${code(action)} ${text(about)}: ${text(message)}`),
    ),
    ...section('Waived', results.filter(({ waived }) => waived).map(waivedItem)),
  ]
    .join('\n\n')
    .concat('\n');
}

function ofSeverity(severity: Severity, open: readonly AuditResult[]): string[] {
  return section(
    `${severity[0]?.toUpperCase()}${severity.slice(1)}`,
    open.filter((each) => each.severity === severity).map(item),
  );
}

function section(heading: string, items: readonly string[]): string[] {
  return items.length > 0 ? [`## ${heading} (${items.length})`, items.join('\n')] : [];
}

function item({ id, status, cluster, resource, reason, remediation }: AuditResult): string {
  const about = [code(shortResource(resource)), ...(cluster === '' ? [] : [`in ${code(cluster)}`])].join(' ');
  const { command, docs } = remediation ?? {};
  const link =
    docs !== undefined && URL.canParse(docs) && /^https:/.test(docs)
      ? ` ([docs](<${new URL(docs).href.replace(/[<>]/g, encodeURIComponent)}>))`
      : '';
  const fix = command === undefined || !isPlain(command) ? '' : `\n${fenced(command)}`;
  return `- **${status}** ${text(id)} ${about}: ${text(reason)}${link}${fix}`;
}

function waivedItem(result: AuditResult): string {
  const { by = '', reason = '', expires = '' } = result.waived ?? {};
  const { id, status, resource, reason: found } = result;
  return `- ${status} ${text(id)} ${code(shortResource(resource))}: ${text(found)}. Waived by ${text(by)} until ${text(expires)}: ${text(reason)}`;
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [row(headings), row(headings.map(() => '---:')), ...rows.map(row)].join('\n');
}

/** What CommonMark or GitHub would take for more than a character; an address stays text, too. */
function text(given: string): string {
  return oneLine(given)
    .replace(/[\\`*_[\]<>&|~#!$]/g, '\\$&')
    .replace(/:(?=\/\/)|(?<=\bwww)\.|@/g, '\\$&')
    .replace(/^([-+=]|\d+(?=[.)]))/, '\\$1');
}

/** With more backticks around it than are in it. */
function code(given: string): string {
  const plain = oneLine(given) || '-';
  const fence = '`'.repeat(longestRun(plain) + 1);
  return `${fence}${/^`|`$/.test(plain) ? ` ${plain} ` : plain}${fence}`;
}

function fenced(command: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(command) + 1));
  return ['', `${fence}sh`, command, fence].map((line) => (line === '' ? '' : `  ${line}`)).join('\n');
}

function longestRun(given: string): number {
  return Math.max(0, ...Array.from(given.matchAll(/`+/g), ([run]) => run.length));
}
