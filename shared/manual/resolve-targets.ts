import type { InventoryPort } from '../inventory-port.ts';
import type { ApiFailure } from '../lifecycle/api-failure.ts';
import type { InstanceWithoutNode } from '../plan/drain-plan.ts';
import type { PlanNode } from '../plan/snapshot.ts';
import type { GroupMembersPort } from './group-members.ts';
import { nearNames } from './near-names.ts';
import { type ManualTarget, targetText } from './target.ts';

/** What a target came to. */
export type ResolvedTargets =
  | { found: 'nodes'; nodes: PlanNode[]; withoutNode: InstanceWithoutNode[] }
  /** `near`: names of nodes that may have been meant. */
  | { found: 'none'; text: string; near: string[]; withoutNode: InstanceWithoutNode[] }
  | { found: 'two-nodes'; instanceId: string; nodes: string[]; text: string }
  /** EKS drains the nodes of its own groups, by their update or by eksctl. */
  | { found: 'eks-managed'; groupName: string; nodegroup: string; text: string }
  /** A group was asked for where there is no way to AWS. */
  | { found: 'no-aws'; text: string }
  | { found: 'unreadable'; what: string; failure: ApiFailure };

export interface TargetPorts {
  inventory: Pick<InventoryPort, 'listNodes'>;
  groups?: GroupMembersPort;
}

/** The nodes that a target means. `known`: all nodes of the cluster, where they have been read already. */
export async function resolveTargets(
  target: ManualTarget,
  { inventory, groups, known }: TargetPorts & { known?: readonly PlanNode[] },
  signal: AbortSignal,
): Promise<ResolvedTargets> {
  if ('asg' in target && !groups)
    return { found: 'no-aws', text: `group ${target.asg} is looked up in AWS, which is not connected` };
  const selector = 'selector' in target ? target.selector : undefined;
  const listed =
    known && selector === undefined
      ? ({ ok: true, value: known } as const)
      : await inventory.listNodes(selector, signal);
  if (!listed.ok) return { found: 'unreadable', what: 'listing the nodes', failure: listed.failure };
  const nodes = listed.value;
  if ('asg' in target && groups) return ofGroup(target.asg, nodes, groups, signal);
  if ('instance' in target) return ofInstance(target.instance, nodes);
  if ('node' in target || 'nodes' in target) return named('node' in target ? [target.node] : target.nodes, nodes);
  return nodes.length > 0 ? found(nodes) : none(`no node has the labels ${selector}`);
}

function named(names: readonly string[], nodes: readonly PlanNode[]): ResolvedTargets {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const missing = names.find((name) => !byName.has(name));
  if (missing !== undefined || names.length === 0) {
    const near = nearNames(missing ?? '', [...byName.keys()]);
    return none(missing === undefined ? 'no node is named' : `there is no ${targetText({ node: missing })}`, near);
  }
  return found([...new Set(names)].map((name) => byName.get(name)).filter((node) => node !== undefined));
}

function ofInstance(instanceId: string, nodes: readonly PlanNode[]): ResolvedTargets {
  const mine = nodes.filter((node) => instanceOf(node) === instanceId);
  if (mine.length === 0) return none(`no node of this cluster runs on ${instanceId}`);
  if (mine.length === 1) return found(mine);
  const names = mine.map(({ name }) => name).sort();
  return {
    found: 'two-nodes',
    instanceId,
    nodes: names,
    text: `${names.join(' and ')} both say that they run on ${instanceId}`,
  };
}

async function ofGroup(
  groupName: string,
  nodes: readonly PlanNode[],
  groups: GroupMembersPort,
  signal: AbortSignal,
): Promise<ResolvedTargets> {
  const group = await groups.describeGroup(groupName, signal);
  const members = group && (await groups.groupInstances(groupName, signal));
  if (!group || !members) return none(`there is no Auto Scaling group ${groupName} in this account and region`);
  const nodegroup = group.tags['eks:nodegroup-name'];
  if (nodegroup !== undefined) {
    const text = `EKS manages ${groupName}: update or scale its node group ${nodegroup} by EKS or eksctl, which drain it themselves`;
    return { found: 'eks-managed', groupName, nodegroup, text };
  }
  const byInstance = Map.groupBy(nodes, (node) => instanceOf(node) ?? '');
  const mine = members.flatMap(({ instanceId }) => byInstance.get(instanceId) ?? []);
  const withoutNode = members
    .filter(({ instanceId }) => !byInstance.has(instanceId))
    .map(({ zone, ...member }) => ({ ...member, ...(zone === undefined ? {} : { zone }) }));
  const twice = members.find(({ instanceId }) => (byInstance.get(instanceId)?.length ?? 0) > 1);
  if (twice) return ofInstance(twice.instanceId, nodes);
  if (mine.length > 0) return { found: 'nodes', nodes: mine, withoutNode };
  const empty = `group ${groupName} has no instances`;
  const text =
    members.length === 0 ? empty : `none of the ${members.length} instances of ${groupName} is a node of this cluster`;
  return { ...none(text), withoutNode };
}

/** The EC2 instance of a node, from its provider ID. */
function instanceOf({ providerId }: PlanNode): string | undefined {
  return providerId?.split('/').at(-1);
}

function found(nodes: readonly PlanNode[]): ResolvedTargets {
  return { found: 'nodes', nodes: [...nodes], withoutNode: [] };
}

function none(text: string, near: string[] = []): Extract<ResolvedTargets, { found: 'none' }> {
  return { found: 'none', text, near, withoutNode: [] };
}
