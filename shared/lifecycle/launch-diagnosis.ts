import { hintIn } from './console-hints.ts';
import { accessProblem } from './launch-access.ts';
import type { Diagnosis, LaunchFacts } from './launch-facts.ts';
import { diagnoseNode } from './launch-node-diagnosis.ts';
import { commandLine } from './shell-quote.ts';

/**
 * Why did the instance not become a ready node? The most certain first: what EC2 says of the instance, what its Node says of itself; without a
 * Node what keeps any instance of the group from joining, then what this one wrote to its console, then what EKS asks for and not all need.
 */
export function diagnose(facts: LaunchFacts): Diagnosis {
  const stopped = notRunning(facts);
  if (stopped) return stopped;
  if (facts.node) return diagnoseNode(facts.node, facts);
  const found =
    nameTaken(facts) ??
    foreignTag(facts) ??
    accessProblem(facts) ??
    saidByConsole(facts) ??
    missingTag(facts) ??
    noNode(facts);
  const unseen = whereNotLooked(facts);
  return unseen.length === 0 ? found : { ...found, text: `${found.text}; not known: ${unseen.join(', ')}` };
}

function notRunning({ instanceId, instance, region }: LaunchFacts): Diagnosis | undefined {
  if (instance === 'unknown' || (instance && ['pending', 'running'].includes(instance.state))) return undefined;
  const why = instance?.stateReason === undefined ? '' : ` (${instance.stateReason})`;
  const text = instance ? `${instanceId} is ${instance.state}${why}` : `EC2 does not know ${instanceId}`;
  return { code: 'instance-not-running', text, fix: describeInstance(instanceId, region) };
}

/** Has all that EC2 tells of an instance that does not run, for an hour after its end. */
export function describeInstance(instanceId: string, region: string): string {
  return commandLine('aws', 'ec2', 'describe-instances', '--instance-ids', instanceId, '--region', region);
}

/** A kubelet does not register beside a Node of its name, whose instance is mostly gone: one that is alive is not to be deleted. */
function nameTaken({ instanceId, namesake }: LaunchFacts): Diagnosis | undefined {
  if (!namesake) return undefined;
  const { name, providerId, ready } = namesake;
  if (providerId === undefined) {
    const text = `Node ${name} has no provider ID: neither its kubelet nor the cloud controller says that it is ${instanceId}`;
    return { code: 'no-provider-id', text, fix: commandLine('kubectl', 'describe', 'node', name) };
  }
  const text = `no Node has the provider ID of ${instanceId}: its name ${name} is that of a Node of ${providerId}`;
  if (ready !== 'True') return { code: 'name-taken', text, fix: commandLine('kubectl', 'delete', 'node', name) };
  const alive = `${text}, and that one is Ready: two instances call themselves by one name`;
  return { code: 'name-taken', text: alive, fix: commandLine('kubectl', 'describe', 'node', name) };
}

const clusterTag = 'kubernetes.io/cluster/';

/** https://docs.aws.amazon.com/eks/latest/userguide/worker.html */
function foreignTag(facts: LaunchFacts): Diagnosis | undefined {
  const { instance, instanceId, clusterName } = facts;
  if (!instance || instance === 'unknown') return undefined;
  const named = Object.keys(instance.tags).filter((tag) => tag.startsWith(clusterTag));
  if (named.length === 0 || named.includes(`${clusterTag}${clusterName}`)) return undefined;
  const others = named.map((tag) => tag.slice(clusterTag.length)).sort();
  const text = `${instanceId} is tagged for cluster ${others.join(' and ')}, and its launch is for cluster ${clusterName}: it looks for the wrong one, or the hook or group names the wrong one`;
  return { code: 'wrong-cluster-tag', text, fix: tagCommand(facts) };
}

function missingTag(facts: LaunchFacts): Diagnosis | undefined {
  const { instance, instanceId, clusterName } = facts;
  if (!instance || instance === 'unknown' || `${clusterTag}${clusterName}` in instance.tags) return undefined;
  const text = `no Node has the provider ID of ${instanceId}, and the instance lacks the tag ${clusterTag}${clusterName}, which EKS asks for on self-managed nodes`;
  return { code: 'missing-cluster-tag', text, fix: tagCommand(facts) };
}

/** For the instances to come: this one goes. A second cluster's tag beside it would leave the group without any that counts. */
function tagCommand(facts: LaunchFacts): string {
  const { groupTags, clusterName } = facts;
  const own = `${clusterTag}${clusterName}`;
  const others = Object.keys(groupTags).filter((tag) => tag.startsWith(clusterTag) && tag !== own);
  const add = tagsCommand('create-or-update-tags', facts, [{ Key: own, Value: 'owned', PropagateAtLaunch: true }]);
  if (others.length === 0) return add;
  const remove = others.map((Key) => ({ Key }));
  return `${tagsCommand('delete-tags', facts, remove)} && ${add}`;
}

/** As JSON, since a shorthand cannot hold every name. */
function tagsCommand(verb: string, { groupName, region }: LaunchFacts, tags: readonly object[]): string {
  const whose = { ResourceId: groupName, ResourceType: 'auto-scaling-group' };
  const given = JSON.stringify(tags.map((tag) => ({ ...whose, ...tag })));
  return commandLine('aws', 'autoscaling', verb, '--tags', given, '--region', region);
}

function saidByConsole(facts: LaunchFacts): Diagnosis | undefined {
  const { console: output, instanceId } = facts;
  const hint = output === undefined ? undefined : hintIn(output);
  if (!hint) return undefined;
  const text = `no Node has the provider ID of ${instanceId}; its console says that ${hint.text}: ${hint.line}`;
  return { code: hint.code, text, fix: consoleCommand(facts) };
}

function noNode(facts: LaunchFacts): Diagnosis {
  const silent = facts.console === undefined ? ', and its console is empty' : '';
  const text = `no Node has the provider ID of ${facts.instanceId}${silent}: its user data may name another cluster, or it has no route to the API server`;
  return { code: 'no-node', text, fix: consoleCommand(facts) };
}

function consoleCommand({ instanceId, region }: LaunchFacts): string {
  const read = ['aws', 'ec2', 'get-console-output', '--instance-id', instanceId];
  return commandLine(...read, '--latest', '--output', 'text', '--region', region);
}

/** What would have been looked at, had we been let. */
function whereNotLooked({ instance, nodeRole, accessEntry, mappedRoles, console: output }: LaunchFacts): string[] {
  const rowsCount = accessEntry === 'unknown' || (accessEntry.mode !== 'API' && accessEntry.entryType === undefined);
  const places = {
    'the instance': instance,
    'the node role': nodeRole,
    'the access entries': accessEntry,
    'the ConfigMap aws-auth': rowsCount ? mappedRoles : [],
    'the console': output,
  };
  return Object.entries(places).flatMap(([place, value]) => (value === 'unknown' ? [place] : []));
}
