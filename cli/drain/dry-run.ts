import { styleText } from 'node:util';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { checkTargets } from '../../shared/manual/check-targets.ts';
import type { DrainRequest } from '../../shared/manual/drain-request.ts';
import { type DryRunLine, dryRun } from '../../shared/manual/dry-run.ts';
import type { Connection } from '../connect/connection.ts';
import { explainKubeFailure } from '../explain-kube-failure.ts';
import { columns } from '../output/columns.ts';
import { type Format, formatted } from '../output/formats.ts';
import type { CliPorts } from '../program.ts';
import { localSettings, noLog } from './local-ports.ts';
import { blockedText } from './started-text.ts';

/** `--dry-run=server` asks the API server for each request without effect; `client` only judges the pods. 0 all accepted, 1 not. */
export async function actDryRun(
  request: DrainRequest,
  { dryRun: how, output }: { dryRun?: 'server' | 'client' | 'none' | true; output: Format },
  connection: Connection,
  { out }: CliPorts,
  signal: AbortSignal,
): Promise<number> {
  const { cluster } = connection;
  const { policy } = localSettings(connection);
  const ports = { cluster, clock: realClock, log: noLog, policy };
  if (how === 'client') {
    const checked = await checkTargets(request, ports, signal);
    if ('failure' in checked) throw explainKubeFailure(checked.failure, `reading ${checked.node}`, connection);
    const { blocked } = checked;
    const text = () =>
      blocked.length > 0 ? blockedText(blocked) : `Nothing blocks it; nothing was changed. (client dry run)`;
    out(await formatted({ version: 1, dryRun: 'client', blocked }, output, text));
    return blocked.length > 0 ? 1 : 0;
  }
  const answered = await dryRun(request, ports, signal);
  if ('failure' in answered) throw explainKubeFailure(answered.failure, `reading ${answered.node}`, connection);
  const { lines } = answered;
  out(await formatted({ version: 1, dryRun: 'server', lines }, output, () => dryRunText(lines)));
  return lines.every(({ accepted }) => accepted) ? 0 : 1;
}

export function dryRunText(lines: readonly DryRunLine[]): string {
  const rows = lines.map(({ node, pod, does, accepted, text }) => [
    node,
    does,
    pod ?? '',
    accepted ? styleText('green', 'accepted') : styleText('red', 'refused'),
    text,
  ]);
  return `${columns(['node', 'request', 'pod', 'answer', ''], rows)}\nNothing was changed. (server dry run)`;
}
