import { styleText } from 'node:util';
import type { NodeBlocker, NodeRow } from '../../shared/plan/node-rows.ts';
import type { ClusterSnapshot } from '../../shared/plan/snapshot.ts';
import { columns } from '../output/columns.ts';
import { counted, duration } from '../output/words.ts';

/** As kubectl lists nodes. */
export function nodesTable(rows: readonly NodeRow[], unread: ClusterSnapshot['unread']): string {
  if (rows.length === 0) return 'The cluster has no nodes.';
  const cells = rows.map((row) => [
    row.name,
    row.group ?? '-',
    row.zone ?? '-',
    duration(row.ageSeconds),
    stateText(row),
    `${row.toEvict}/${row.pods}`,
    row.blockers.length === 0 ? styleText('dim', 'nothing') : row.blockers.map(blockerText).join(', '),
  ]);
  const table = columns(['node', 'group', 'zone', 'age', 'state', 'to evict', 'would block'], cells);
  const missing = unread.map(({ right, message }) => `Not known: ${right ? `no right to ${right}` : message}`);
  return [table, ...missing].join('\n');
}

function stateText({ state, cordoned, draining }: NodeRow): string {
  const style = state === 'ready' ? 'green' : 'red';
  const also = [...(draining ? ['draining'] : []), ...(cordoned && !draining ? ['cordoned'] : [])];
  return [styleText(style, state), ...also.map((word) => styleText('yellow', word))].join(', ');
}

const words: Readonly<Record<string, string>> = {
  'local-data': 'with emptyDir',
  'unmanaged-pod': 'without a controller',
  'orphaned-daemonset-pod': 'of a DaemonSet that is gone',
  'will-stay-pending': 'on a local volume',
};

function blockerText({ code, pods, text }: NodeBlocker): string {
  if (code === 'budget') return styleText('red', text.replace(/ can never allow.*/, ' never allows'));
  return `${counted(pods.length, 'pod')} ${words[code] ?? code}`;
}
