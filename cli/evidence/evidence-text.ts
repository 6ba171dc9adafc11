import { stripVTControlCharacters } from 'node:util';
import { type ComparisonRow, refusedText } from '../../shared/evidence/comparison.ts';
import type { Evidence } from '../../shared/evidence/evidence.ts';
import { coverageText, identityText, outcomeText } from '../../shared/evidence/outcome-text.ts';
import { podEnd } from '../../shared/evidence/pod-end.ts';
import { withoutUnseen } from '../../shared/log-page/shown-value.ts';
import { fittedTable } from '../query/fitted-table.ts';

/** For a terminal, or without one for a file: outcome, differences, what could not be judged, drains side by side, pods. */
export function evidenceText(evidence: Evidence, source: string, width: number): string {
  const { differences, doubts, node, execution, comparison } = evidence;
  const lines = [
    `${execution === undefined ? 'Node' : `Drain ${execution} of`} ${node}, and ${source}`,
    outcomeText(evidence),
    ...identityText(evidence),
    ...coverageText(evidence),
    ...section(
      'Differences',
      differences.map(({ code, at, text, about }) => `${code}  ${at ?? '-'}  ${about}: ${text}`),
    ),
    ...section(
      'Not judged',
      doubts.map(({ code, text }) => `${code}: ${text}`),
    ),
  ].map(withoutUnseen);
  const sideBySide =
    comparison.length === 0 ? 'Nobody drained it in that time.' : fittedTable(headings, comparison.map(cells), width);
  const text = `${lines.join('\n')}\n\n${sideBySide}\n${podLines(evidence, width)}`;
  return Number.isFinite(width) ? text : stripVTControlCharacters(text);
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines.map((line) => `  ${line}`)];
}

const headings = [
  'who',
  'user',
  'started',
  'to cordon',
  'label',
  'evicted',
  'refused',
  'past refusal',
  'unasked',
  'node deleted',
  'took',
];

function cells(row: ComparisonRow): string[] {
  const { name, user, source, startedAt, secondsToCordon, label, podsEvicted, podsRefused, refusals } = row;
  const seconds = (value: number | undefined) => (value === undefined ? '-' : `${value} s`);
  return [
    withoutUnseen(source === 'report' ? 'the report' : name),
    withoutUnseen(user || '-'),
    `${startedAt.slice(0, 19)}Z`,
    seconds(secondsToCordon),
    label ? 'yes' : '-',
    `${podsEvicted}`,
    refusals === 0 ? '-' : refusedText(podsRefused, refusals),
    `${row.deletedPastRefusal || '-'}`,
    `${row.deletedUnasked || '-'}`,
    row.nodeDeleted ? 'yes' : '-',
    seconds(row.durationSeconds),
  ];
}

function podLines({ pictures }: Evidence, width: number): string {
  const rows = pictures
    .filter(({ source }) => source === 'log')
    .flatMap(({ actor, pods }) =>
      pods.map((pod) => {
        return [
          pod.name,
          actor.name,
          podEnd(pod),
          `${pod.tries}`,
          `${pod.refused}`,
          `${(pod.lastAt - pod.firstAt) / 1000} s`,
          pod.cause ?? '',
        ].map(withoutUnseen);
      }),
    );
  if (rows.length === 0) return '';
  return `\n${fittedTable(['pod', 'by', 'came to', 'tries', 'refused', 'over', 'last refused since'], rows, width)}\n`;
}
