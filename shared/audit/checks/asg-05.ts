import { hookChanges, metadataNaming } from '../../lifecycle/hook-changes.ts';
import type { GroupHook } from '../../lifecycle/hook-step.ts';
import { nameCluster } from '../../lifecycle/name-cluster.ts';
import { hookNames } from '../../lifecycle/own-hooks.ts';
import { commandLine } from '../../lifecycle/shell-quote.ts';
import type { Judged } from '../finding.ts';
import { type GroupCheck, type GroupFacts, type HookWishes, isOurs, terminatingHooks } from '../hook-facts.ts';
import { putHookCommand } from '../put-hook-command.ts';

/** Whether the hooks that pause terminations leave a drain its time, tell it the right cluster, and let instances go afterwards. */
export const asg05: GroupCheck = {
  id: 'ASG-05',
  severity: 'medium',
  title: 'The hooks that pause terminations leave drains their time and let instances go afterwards',
  docs: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html',
  judge,
};

function judge(facts: GroupFacts, wishes: HookWishes): Judged[] {
  const found = terminatingHooks(facts);
  // ASG-04 tells of a group without one.
  if (found.length === 0) return [];
  const troubles = [
    ...found.filter((hook) => isOurs(hook, wishes)).flatMap((hook) => aboutHook(hook, facts, wishes)),
    ...aboutSeveral(found, facts),
    ...aboutRetention(facts, wishes),
  ];
  if (troubles.length > 0) return troubles;
  const text = 'the hooks for its terminations are as they should be';
  return [said(facts, 'PASS', text, { hooks: found.map(({ name }) => name) })];
}

function aboutHook(hook: GroupHook, facts: GroupFacts, wishes: HookWishes): Judged[] {
  const { group, clusterName } = facts;
  const better = wanted(hook, facts, wishes);
  const changes = hookChanges(hook, better);
  if (changes.length === 0) return [];
  const wrong = namedIn(hook) !== undefined && namedIn(hook) !== clusterName;
  const text = wrong
    ? `${hook.name} names the cluster ${namedIn(hook)}: its nodes are looked for there, and go undrained`
    : `${hook.name} is not as it should be: ${changes.map(({ field }) => field).join(', ')}`;
  const fix = putHookCommand(group.name, better, wishes.region);
  return [said(facts, wrong ? 'FAIL' : 'WARN', text, { changes }, { matter: hook.name, fix })];
}

/** More time than the stack gives is nothing against a hook; and only those that have our name are ours to point somewhere. */
function wanted(hook: GroupHook, { clusterName }: GroupFacts, wishes: HookWishes): GroupHook {
  const { topicArn, roleArn } = wishes;
  const installed = hook.name === hookNames.terminate;
  const tells = installed || namedIn(hook) !== undefined;
  return {
    ...hook,
    heartbeatSeconds: Math.max(hook.heartbeatSeconds, wishes.heartbeatSeconds),
    // With ABANDON Auto Scaling does not wait for the hooks of others.
    defaultResult: 'CONTINUE',
    ...(installed && { topicArn, roleArn }),
    ...(tells && { metadata: metadataNaming(clusterName, hook.metadata) }),
  };
}

function namedIn({ metadata }: GroupHook): string | undefined {
  const named = nameCluster({ groupName: '', metadata, tags: {}, setting: undefined });
  return 'name' in named ? named.name : undefined;
}

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html */
function aboutSeveral(found: readonly GroupHook[], facts: GroupFacts): Judged[] {
  if (found.length === 1) return [];
  const hooks = found.map(({ name }) => name);
  const text = `${hooks.length} hooks pause its terminations, and an instance waits for each: ${hooks.join(', ')}`;
  return [said(facts, 'WARN', text, { hooks }, { matter: 'several' })];
}

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RetentionTriggers.html */
function aboutRetention(facts: GroupFacts, { region }: HookWishes): Judged[] {
  const { group } = facts;
  if (!group.retainsAbandoned) return [];
  const text = 'it keeps instances whose terminations a hook abandons: they cost until somebody terminates them';
  const terminate = JSON.stringify({ RetentionTriggers: { TerminateHookAbandon: 'terminate' } });
  const fix = commandLine(
    ...['aws', 'autoscaling', 'update-auto-scaling-group', '--region', region],
    ...['--auto-scaling-group-name', group.name, '--instance-lifecycle-policy', terminate],
  );
  return [said(facts, 'WARN', text, { TerminateHookAbandon: 'retain' }, { matter: 'retention', fix })];
}

function said(
  { group }: GroupFacts,
  status: Judged['status'],
  text: string,
  evidence: Judged['evidence'],
  { matter, fix }: { matter?: string; fix?: string } = {},
): Judged {
  return {
    ...{ status, resource: group.name, text, evidence },
    ...(matter !== undefined && { matter }),
    ...(fix !== undefined && { remediation: { command: fix } }),
  };
}
