import { styleText } from 'node:util';
import Table from 'cli-table3';
import wrapAnsi from 'wrap-ansi';
import type { AuditReport } from '../audit/audit-report.ts';
import { severities } from '../audit/finding.ts';
import { isPlain, oneLine, shortResource } from '../audit/render/plain-text.ts';
import { type AuditResult, isOpen } from '../audit/result.ts';

export interface TerminalLook {
  colours: boolean;
  /** Of the terminal, in columns. */
  width: number;
}

type Style = 'bold' | 'red' | 'yellow' | 'blue' | 'magenta' | 'green' | 'gray';
type Paint = (style: Style, text: string) => string;

const severityStyles = { critical: 'red', high: 'red', medium: 'yellow', low: 'blue', info: 'gray' } as const;
const statusStyles = {
  FAIL: 'red',
  WARN: 'yellow',
  UNKNOWN: 'magenta',
  PASS: 'green',
  NOT_APPLICABLE: 'gray',
} as const;
const headings = ['STATUS', 'CHECK', 'CLUSTER', 'RESOURCE', 'REASON'];
const widestResource = 40;
const narrowestReason = 24;
const gap = 2;

/** What needs somebody, by severity, then the commands, each on a line of its own so that it can be pasted, then the count of all. */
export function renderTable({ run, results, counts, denied }: AuditReport, { colours, width }: TerminalLook): string {
  const paint: Paint = (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text);
  const open = results.filter(isOpen);
  const groups: [string, AuditResult[]][] = [
    ...severities.map((severity): [string, AuditResult[]] => [
      paint(severityStyles[severity], severity.toUpperCase()),
      open.filter((each) => each.severity === severity),
    ]),
    [paint('magenta', 'UNKNOWN'), results.filter(({ status, waived }) => status === 'UNKNOWN' && !waived)],
    [paint('gray', 'WAIVED'), results.filter(({ waived }) => waived)],
  ];
  const shown = groups.filter(([, rows]) => rows.length > 0);
  return [
    ...shown.map(([heading, rows]) => `${heading} (${rows.length})\n${rowsOf(rows, width, paint)}\n`),
    ...commands(open),
    ...denied.map(({ action, about, message }) => wrap(oneLine(`not read: ${action} (${about}): ${message}`), width)),
    ...(denied.length > 0 ? [''] : []),
    summary(counts, oneLine(`${run.audit} ${run.account} ${run.region}`), paint),
    '',
  ].join('\n');
}

function rowsOf(results: readonly AuditResult[], width: number, paint: Paint): string {
  const cells = results.map((result) => {
    const resource = wrap(oneLine(shortResource(result.resource)), widestResource);
    return { result, cells: [result.status, oneLine(result.id), oneLine(result.cluster), resource] };
  });
  const widths = headings
    .slice(0, -1)
    .map((heading, column) => Math.max(heading.length, ...cells.map((row) => widthOf(row.cells[column] ?? ''))));
  const taken = widths.reduce((sum, each) => sum + each + gap, 0);
  const rest = Math.max(narrowestReason, width - taken);
  const table = new Table({
    head: headings.map((heading) => paint('bold', heading)),
    chars: lineless,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const { result, cells: row } of cells) {
    const [status = '', ...others] = row;
    table.push([paint(statusStyles[result.status], status), ...others, wrap(reasonOf(result), rest)]);
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function reasonOf({ reason, waived }: AuditResult): string {
  return oneLine(waived ? `${reason}; waived by ${waived.by} until ${waived.expires}: ${waived.reason}` : reason);
}

function commands(open: readonly AuditResult[]): string[] {
  const given = [...new Set(open.flatMap(({ remediation }) => remediation?.command ?? []))];
  if (given.length === 0) return [];
  const hidden = '# left out, since it holds characters that a terminal does not show: --format json has it';
  return ['To put it right:', ...given.map((command) => `  ${isPlain(command) ? command : hidden}`), ''];
}

function summary(counts: AuditReport['counts'], about: string, paint: Paint): string {
  const parts = [
    ...(['FAIL', 'WARN', 'UNKNOWN', 'PASS'] as const).map(
      (status) => `${counts[status]} ${paint(statusStyles[status], status)}`,
    ),
    `${counts.NOT_APPLICABLE} not applicable`,
    `${counts.waived} waived`,
  ];
  return `${about}: ${parts.join(', ')}`;
}

function wrap(text: string, columns: number): string {
  return wrapAnsi(text, columns, { hard: true });
}

function widthOf(cell: string): number {
  return Math.max(...cell.split('\n').map((line) => line.length));
}

/** As kubectl prints tables: no lines, two spaces between columns. */
const lineless = Object.fromEntries([
  ...['top', 'bottom', 'left', 'right', 'mid'].flatMap((part) =>
    ['', '-mid', '-left', '-right'].map((end) => [`${part}${end}`, '']),
  ),
  ['middle', ' '.repeat(gap)],
]);
