import { withoutPath } from './aws-auth-row.ts';
import type { Diagnosis, LaunchFacts, RoleAccess } from './launch-facts.ts';
import { commandLine } from './shell-quote.ts';

/**
 * Does the cluster let nodes of this role in? undefined: it does, or it cannot be told.
 * https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export function accessProblem(facts: LaunchFacts): Diagnosis | undefined {
  const { nodeRole, instanceId, accessEntry, mappedRoles } = facts;
  if (nodeRole === undefined) return noRole(facts);
  if (nodeRole === 'unknown' || accessEntry === 'unknown') return undefined;
  const { mode, entryType } = accessEntry;
  const text = `no Node has the provider ID of ${instanceId}`;
  const nodeType = isWindows(facts) ? 'EC2_WINDOWS' : 'EC2_LINUX';
  const create = entryCommand('create', facts, nodeRole, '--type', nodeType);
  if (entryType !== undefined) {
    if (/^EC2(_LINUX|_WINDOWS)?$/.test(entryType)) return undefined;
    const outranked = mode === 'API' ? '' : ', whatever aws-auth says of the role';
    const said = `${text}: the access entry of the node role ${nodeRole} is of type ${entryType}, which lets no node in${outranked}`;
    return { code: 'wrong-access-entry', text: said, fix: `${entryCommand('delete', facts, nodeRole)} && ${create}` };
  }
  if (mode !== 'API' && mappedRoles === 'unknown') return undefined;
  const rows = mappedRoles === 'unknown' ? [] : mappedRoles;
  if (mode !== 'API' && isMapped(withoutPath(nodeRole), rows)) return undefined;
  const fix = mode === 'CONFIG_MAP' ? rowCommand(facts, nodeRole) : create;
  return { code: 'role-not-mapped', text: `${text}: ${sayMissing(nodeRole, mode, rows)}`, fix };
}

/** What launches with the group's next instance is in its launch template: there the profile belongs. */
function noRole({ instanceId, groupName, region }: LaunchFacts): Diagnosis {
  const text = `${instanceId} has no instance profile with a role: its kubelet has no credentials, so the launch template of ${groupName} has to name one`;
  const describe = ['aws', 'autoscaling', 'describe-auto-scaling-groups', '--auto-scaling-group-names', groupName];
  const query = 'AutoScalingGroups[].[LaunchTemplate,MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification]';
  return { code: 'no-node-role', text, fix: commandLine(...describe, '--query', query, '--region', region) };
}

function sayMissing(role: string, mode: RoleAccess['mode'], mappedRoles: readonly string[]): string {
  if (mode === 'API') {
    const hasRow = isMapped(withoutPath(role), mappedRoles);
    const row = hasRow ? 'its row in aws-auth does not count' : 'a row in aws-auth would not count';
    return `the node role ${role} has no access entry, and with the cluster's authentication mode API ${row}`;
  }
  if (isMapped(role, mappedRoles)) {
    const entry = mode === 'CONFIG_MAP' ? '' : ', and no access entry does';
    return `aws-auth names the role ${role} with its path, which it has to be without${entry}`;
  }
  return mode === 'CONFIG_MAP'
    ? `the node role ${role} has no row in aws-auth, and the cluster knows no access entries`
    : `the node role ${role} has neither an access entry nor a row in aws-auth`;
}

/** An access entry keeps its type for as long as it is there: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessEntry.html */
function entryCommand(verb: 'create' | 'delete', facts: LaunchFacts, role: string, ...more: string[]): string {
  const entry = ['--cluster-name', facts.clusterName, '--principal-arn', role];
  return commandLine('aws', 'eks', `${verb}-access-entry`, ...entry, ...more, '--region', facts.region);
}

function rowCommand(facts: LaunchFacts, role: string): string {
  const windows = isWindows(facts) ? ['--group', 'eks:kube-proxy-windows'] : [];
  const groups = ['--group', 'system:bootstrappers', '--group', 'system:nodes', ...windows];
  const row = ['--arn', withoutPath(role), '--username', 'system:node:{{EC2PrivateDNSName}}', ...groups];
  const { clusterName, region } = facts;
  return commandLine('eksctl', 'create', 'iamidentitymapping', '--cluster', clusterName, ...row, '--region', region);
}

function isWindows({ instance }: LaunchFacts): boolean {
  return typeof instance === 'object' && instance.platform === 'windows';
}

/** Whatever the case of its letters: https://github.com/kubernetes-sigs/aws-iam-authenticator */
function isMapped(role: string, mappedRoles: readonly string[]): boolean {
  return mappedRoles.some((mapped) => mapped.toLowerCase() === role.toLowerCase());
}
