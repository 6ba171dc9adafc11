import { createKubeInventory } from '../../shared/adapters/kube-inventory.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { resolveTargets } from '../../shared/manual/resolve-targets.ts';
import { takeSnapshot } from '../../shared/manual/take-snapshot.ts';
import { nodeRows } from '../../shared/plan/node-rows.ts';
import type { Connection } from '../connect/connection.ts';
import type { ConnectionOptions } from '../connect/connection-options.ts';
import { openConnection } from '../connect/open-connection.ts';
import { explainTarget, groupsFor } from '../drain/find-targets.ts';
import { type TargetOptions, targetOf } from '../drain/target-options.ts';
import { explainKubeFailure } from '../explain-kube-failure.ts';
import { type Format, formatted } from '../output/formats.ts';
import type { CliPorts } from '../program.ts';
import type { Running } from '../run-command.ts';
import { nodesTable } from './nodes-table.ts';

export interface NodesOptions extends ConnectionOptions, TargetOptions {
  groups?: true;
  output: Format;
}

/** `enl nodes`: 0 listed. It only reads. */
export async function actNodes(
  names: string[],
  options: NodesOptions,
  { out }: CliPorts,
  { signal }: Running,
): Promise<number> {
  const connection = await openConnection(options, signal);
  try {
    const target = targetOf(names, options);
    const inventory = createKubeInventory(connection.transport);
    const [taken, groups] = await Promise.all([
      takeSnapshot({ cluster: connection.cluster, inventory }, signal),
      groupNames(options, connection, signal),
    ]);
    if (!taken.ok) throw explainKubeFailure(taken.failure, taken.what, connection);
    const { snapshot } = taken;
    const rows = nodeRows(snapshot, realClock.now(), groups);
    const wanted = target && (await namesOf(target));
    const listed = wanted ? rows.filter(({ name }) => wanted.has(name)) : rows;
    const unread = snapshot.unread.map(({ message }) => message.split('\n')[0]);
    const value = { version: 1, cluster: connection.name, nodes: listed, unread };
    out(await formatted(value, options.output, () => nodesTable(listed, snapshot.unread)));
    return 0;

    async function namesOf(asked: NonNullable<typeof target>): Promise<ReadonlySet<string>> {
      const members = await groupsFor(asked, connection);
      const ports = { inventory, known: snapshot.nodes, ...(members && { groups: members }) };
      const resolved = await resolveTargets(asked, ports, signal);
      if (resolved.found !== 'nodes') throw explainTarget(resolved, asked, connection);
      return new Set(resolved.nodes.map(({ name }) => name));
    }
  } finally {
    await connection.close();
  }
}

/** AWS is asked only by whoever is there already, or wants it. */
async function groupNames(
  { groups, cluster, asg, sandbox }: NodesOptions,
  { aws }: Connection,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string> | undefined> {
  if (!groups && cluster === undefined && asg === undefined && !sandbox) return undefined;
  const { groupsByInstance } = await import('../connect/open-group-members.ts');
  return groupsByInstance(aws, signal);
}
