import { styleText } from 'node:util';
import type { BlockedPod } from '../../shared/manual/check-targets.ts';
import type { NodeOutcome } from '../../shared/manual/outcome.ts';
import { columns } from '../output/columns.ts';
import { counted, someOf } from '../output/words.ts';

/** By the verdict that blocks: what would let the pod go. */
const waysOut: Readonly<Record<string, string>> = {
  'local-data': '--delete-emptydir-data lets them go, and what is in them is lost',
  'unmanaged-pod': '--force deletes pods that nobody brings back',
  'orphaned-daemonset-pod': '--force deletes pods that nobody brings back',
  'will-stay-pending': '--force lets go what can run nowhere else',
};

/** What blocks the drain; nothing was done. */
export function blockedText(blocked: readonly BlockedPod[]): string {
  const nodes = new Set(blocked.map(({ node }) => node)).size;
  const ways = new Set(blocked.flatMap(({ code }) => waysOut[code] ?? []));
  return [
    styleText('red', `Blocked by ${counted(blocked.length, 'pod')} on ${counted(nodes, 'node')}; nothing was changed.`),
    columns(
      ['node', 'pod', 'code', 'reason'],
      blocked.map(({ node, namespace, name, code, reason }) => [node, `${namespace}/${name}`, code, reason]),
    ),
    ...[...ways].map((way) => `  ${way}.`),
  ].join('\n');
}

export function outcomesText(outcomes: readonly NodeOutcome[]): string {
  const styles = { drained: 'green', failed: 'red', stopped: 'yellow', 'not-begun': 'dim' } as const;
  const width = Math.max(0, ...outcomes.map(({ node }) => node.length));
  const late = outcomes.filter(({ end }) => end?.reason === 'deadline').map(({ node }) => node);
  const lines = outcomes.flatMap(({ node, outcome, text, report }) => [
    `${styleText('bold', node.padEnd(width))}  ${styleText(styles[outcome], outcome.padEnd(9))}  ${withoutHead(text, outcome)}`,
    ...(report === undefined ? [] : [`${' '.repeat(width)}  report     ${report.replace(/json$/, 'html')}`]),
  ]);
  const next = `stay${late.length === 1 ? 's' : ''} cordoned: enl drain start goes on, enl drain stop takes our marks back.`;
  return [...lines, ...(late.length > 0 ? [`${someOf(late)} ${next}`] : [])].join('\n');
}

/** A drain that is drained need not say so twice. */
export function withoutHead(text: string, outcome: string): string {
  return text.startsWith(`${outcome}: `) ? text.slice(outcome.length + 2) : text;
}
