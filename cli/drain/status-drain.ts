import { createFileReports } from '../../shared/adapters/file-reports.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { readMark } from '../../shared/lifecycle/mark.ts';
import { type DrainStatus, drainStatus } from '../../shared/manual/drain-status.ts';
import type { Connection } from '../connect/connection.ts';
import type { ConnectionOptions } from '../connect/connection-options.ts';
import { openConnection } from '../connect/open-connection.ts';
import { explainKubeFailure } from '../explain-kube-failure.ts';
import { type Format, formatted } from '../output/formats.ts';
import { openLive, styleFor } from '../output/live.ts';
import { terminalWidth } from '../output/terminal-width.ts';
import type { CliPorts } from '../program.ts';
import { interruptedExitCode, type Running } from '../run-command.ts';
import { findTargets } from './find-targets.ts';
import { noLog, reportFolderOf } from './local-ports.ts';
import { plainLine } from './plain-line.ts';
import { drainScreen } from './screen.ts';
import { watchedStatus } from './status-text.ts';
import { type TargetOptions, targetOf } from './target-options.ts';

export interface StatusOptions extends ConnectionOptions, TargetOptions {
  watch?: true;
  reportFolder?: string;
  output: Format;
}

const everyMilliseconds = 1000;

/** `enl drain status`: of the nodes that are named, or of all that carry a mark of ours. 0 told. */
export async function actStatus(
  names: string[],
  options: StatusOptions,
  { out }: CliPorts,
  running: Running,
): Promise<number> {
  const { signal } = running;
  const connection = await openConnection(options, signal);
  running.onInterrupt = { first: 'done watching; the drains go on', second: () => 'left' };
  try {
    const look = () => statuses(names, options, connection, signal);
    if (options.watch) {
      const watching = watch(look, signal);
      return await watching.catch((error: unknown) => {
        if (signal.aborted) return interruptedExitCode;
        throw error;
      });
    }
    const found = await look();
    out(await formatted({ version: 1, drains: found }, options.output, () => statusText(found)));
    return 0;
  } finally {
    await connection.close();
  }
}

function statusText(found: readonly DrainStatus[]): string {
  if (found.length === 0) return 'No node carries a mark of ours: no drain is under way.';
  const paper = { columns: terminalWidth(process.stdout), style: styleFor(process.stdout) };
  return drainScreen(found.map(watchedStatus), realClock.now(), paper).join('\n');
}

/** Until no drain is under way. */
async function watch(look: () => Promise<DrainStatus[]>, signal: AbortSignal): Promise<number> {
  const live = openLive(process.stdout);
  const told = new Map<string, string>();
  try {
    for (;;) {
      const found = await look();
      const drains = found.map(watchedStatus);
      if (live.isTerminal) live.show(drainScreen(drains, realClock.now(), live));
      for (const drain of live.isTerminal ? [] : drains) {
        const line = plainLine(drain);
        if (told.get(drain.node) !== line) live.keep(line);
        told.set(drain.node, line);
      }
      const underWay = found.some(({ phase }) => phase === 'queued' || phase === 'draining' || phase === 'stopping');
      if (!underWay) {
        live.close();
        live.keep(...(drains.length === 0 ? ['No drain is under way.'] : drains.map(plainLine)));
        return 0;
      }
      await realClock.sleep(everyMilliseconds, signal);
    }
  } finally {
    live.close();
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
