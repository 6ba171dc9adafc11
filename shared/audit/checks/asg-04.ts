import { planHooks } from '../../lifecycle/hook-plan.ts';
import { type Finding, finding } from '../finding.ts';
import { type GroupFacts, type HookWishes, isOurs, terminatingHooks } from '../hook-facts.ts';
import { putHookCommand } from '../put-hook-command.ts';

/** A self-managed group whose terminations no lifecycle hook pauses: its pods are lost with each of its instances. */
export function asg04(facts: GroupFacts, wishes: HookWishes): Finding[] {
  const { clusterName, group } = facts;
  const found = terminatingHooks(facts);
  const about = {
    check: 'ASG-04',
    cluster: clusterName,
    resource: group.name,
    evidence: { hooks: facts.hooks.map(({ name, transition }) => `${name} ${transition}`) },
  } as const;
  const ours = found.find((hook) => isOurs(hook, wishes));
  if (ours) {
    const text = `${ours.name} pauses its terminations`;
    return [finding({ ...about, severity: 'high', status: 'PASS', text })];
  }
  const fix = fixOf(facts, wishes);
  const [other] = found;
  if (other) {
    const text = `only ${other.name}, which is not ours, pauses its terminations: whether anybody drains its nodes is not known`;
    return [finding({ ...about, severity: 'medium', status: 'WARN', text, ...fix })];
  }
  const text = 'no lifecycle hook pauses its terminations: its nodes go undrained';
  return [finding({ ...about, severity: 'high', status: 'FAIL', text, ...fix })];
}

function fixOf({ clusterName, group, hooks }: GroupFacts, wishes: HookWishes): { fix?: string } {
  const { steps } = planHooks(group, hooks, { ...wishes, clusterName, kinds: ['terminate'] });
  return Object.assign(
    {},
    ...steps.map((step) => ('hook' in step ? { fix: putHookCommand(group.name, step.hook, wishes.region) } : {})),
  );
}
