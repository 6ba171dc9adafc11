import { createKubeInventory } from '../../shared/adapters/kube-inventory.ts';
import type { GroupMembersPort } from '../../shared/manual/group-members.ts';
import { instanceOf } from '../../shared/manual/node-to-drain.ts';
import { type ResolvedTargets, resolveTargets } from '../../shared/manual/resolve-targets.ts';
import type { ManualTarget } from '../../shared/manual/target.ts';
import type { PlanNode } from '../../shared/plan/snapshot.ts';
import { CommandError } from '../command-error.ts';
import type { Connection } from '../connect/connection.ts';
import { explainKubeFailure } from '../explain-kube-failure.ts';
import { someOf } from '../output/words.ts';

/** The nodes that a target means. Throws a CommandError when it means none, or two where it names one. */
export async function findTargets(
  target: ManualTarget,
  connection: Connection,
  signal: AbortSignal,
): Promise<PlanNode[]> {
  const inventory = createKubeInventory(connection.transport);
  const groups = await groupsFor(target, connection);
  const resolved = await resolveTargets(target, { inventory, ...(groups && { groups }) }, signal);
  if (resolved.found === 'nodes') return resolved.nodes;
  throw explainTarget(resolved, target, connection);
}

/** AWS is reached for when a group is asked for, and not before. */
export async function groupsFor(target: ManualTarget, { aws }: Connection): Promise<GroupMembersPort | undefined> {
  if (!('asg' in target)) return undefined;
  const { openGroupMembers } = await import('../connect/open-group-members.ts');
  return openGroupMembers(aws);
}

/** Why a target means no nodes, and what to do about it. */
export function explainTarget(
  resolved: Exclude<ResolvedTargets, { found: 'nodes' }>,
  target: ManualTarget,
  connection: Connection,
): CommandError {
  if (resolved.found === 'unreadable') return explainKubeFailure(resolved.failure, resolved.what, connection);
  if (resolved.found === 'two-nodes')
    return new CommandError(resolved.text, 'One of them is left over: kubectl get nodes; name the one that you mean.');
  if (resolved.found === 'none') return new CommandError(resolved.text, nextFor(resolved.near, target, connection));
  return new CommandError(resolved.text);
}

function nextFor(near: readonly string[], target: ManualTarget, { where }: Connection): string {
  if (near.length > 0) return `Did you mean ${near.join(' or ')}?`;
  if ('asg' in target)
    return 'See its name, --region and --profile, and the cluster; enl nodes lists the nodes of the cluster.';
  if ('selector' in target) return 'See which labels there are: kubectl get nodes --show-labels';
  if ('instance' in target)
    return `It may be of another cluster, or never have joined; enl nodes lists those of ${where}.`;
  const names = 'nodes' in target ? target.nodes : [target.node];
  const id = names.find((name) => /^i-[0-9a-f]{8,17}$/.test(name));
  return id === undefined ? `enl nodes lists those of ${where}.` : `It looks like an instance: --instance ${id}`;
}

/** Throws a CommandError when one of them is no instance, before any is drained. */
export function withInstances(nodes: readonly PlanNode[]): void {
  const others = nodes.filter((node) => instanceOf(node) === undefined).map(({ name }) => name);
  if (others.length === 0) return;
  const text = `${someOf(others)} ${others.length === 1 ? 'is no EC2 instance' : 'are no EC2 instances'}`;
  throw new CommandError(
    `${text}: Auto Scaling cannot end ${others.length === 1 ? 'it' : 'them'}`,
    'Leave out --terminate, or name other nodes.',
  );
}
