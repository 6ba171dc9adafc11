import { createFileReports } from '../../shared/adapters/file-reports.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { readMark } from '../../shared/lifecycle/mark.ts';
import { type DrainStatus, drainStatus } from '../../shared/manual/drain-status.ts';
import { CommandError } from '../command-error.ts';
import type { Connection } from '../connect/connection.ts';
import type { ConnectionOptions } from '../connect/connection-options.ts';
import { openConnection } from '../connect/open-connection.ts';
import { explainKubeFailure } from '../explain-kube-failure.ts';
import type { Format } from '../output/formats.ts';
import type { CliPorts } from '../program.ts';
import type { RemoteOptions } from '../remote/remote-options.ts';
import type { Running } from '../run-command.ts';
import { findTargets } from './find-targets.ts';
import { noLog, reportFolderOf } from './local-ports.ts';
import { showStatuses } from './show-statuses.ts';
import { type TargetOptions, targetOf } from './target-options.ts';

export interface StatusOptions extends ConnectionOptions, TargetOptions, RemoteOptions {
  request?: string;
  watch?: true;
  reportFolder?: string;
  output: Format;
}

const everyMilliseconds = 1000;

/** `enl drain status`: of the nodes that are named, or of all that carry a mark of ours. 0 told. */
export async function actStatus(
  names: string[],
  options: StatusOptions,
  ports: CliPorts,
  running: Running,
): Promise<number> {
  const { signal } = running;
  running.onInterrupt = { first: 'done watching; the drains go on', second: () => 'left' };
  if (options.remote)
    return (await import('../remote/status-remote.ts')).actStatusRemote(names, options, ports, running);
  if (options.request !== undefined)
    throw new CommandError('a request is known to the stack alone', 'Pass --remote --cluster NAME as well.');
  const connection = await openConnection(options, signal);
  try {
    const look = async () => ({ drains: await statuses(names, options, connection, signal) });
    return await showStatuses(look, { ...options, ...ports, lookMilliseconds: everyMilliseconds }, signal);
  } finally {
    await connection.close();
  }
}

async function statuses(
  names: string[],
  options: StatusOptions,
  connection: Connection,
  signal: AbortSignal,
): Promise<DrainStatus[]> {
  const target = targetOf(names, options);
  const nodes = target
    ? (await findTargets(target, connection, signal)).map(({ name }) => name)
    : await markedNodes(connection, signal);
  const reports = createFileReports({ folder: reportFolderOf(options, connection) });
  const ports = { cluster: connection.cluster, clock: realClock, log: noLog, reports };
  return Promise.all(
    nodes.map(async (node) => {
      const status = await drainStatus(node, ports, signal);
      if ('failure' in status) throw explainKubeFailure(status.failure, `looking at ${node}`, connection);
      return status;
    }),
  );
}

/** All nodes are read, since one that waits for its turn has no label of ours yet. */
export async function markedNodes(connection: Connection, signal: AbortSignal): Promise<string[]> {
  const { createKubeInventory } = await import('../../shared/adapters/kube-inventory.ts');
  const answer = await createKubeInventory(connection.transport).listNodes(undefined, signal);
  if (!answer.ok) throw explainKubeFailure(answer.failure, 'listing the nodes', connection);
  return answer.value.filter(({ annotations }) => readMark(annotations)).map(({ name }) => name);
}
