import { planHooks } from '../../lifecycle/hook-plan.ts';
import type { Judged } from '../finding.ts';
import { type GroupCheck, type GroupFacts, type HookWishes, isOurs, terminatingHooks } from '../hook-facts.ts';
import { putHookCommand } from '../put-hook-command.ts';

/** A self-managed group whose terminations no lifecycle hook pauses: its pods are lost with each of its instances. */
export const asg04: GroupCheck = {
  id: 'ASG-04',
  severity: 'high',
  title: 'A lifecycle hook pauses the terminations of every self-managed group',
  docs: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html',
  judge,
};

function judge(facts: GroupFacts, wishes: HookWishes): Judged[] {
  const found = terminatingHooks(facts);
  const about = {
    resource: facts.group.name,
    evidence: { hooks: facts.hooks.map(({ name, transition }) => `${name} ${transition}`) },
  };
  const ours = found.find((hook) => isOurs(hook, wishes));
  if (ours) return [{ ...about, status: 'PASS', text: `${ours.name} pauses its terminations` }];
  const fix = fixOf(facts, wishes);
  const [other] = found;
  if (other) {
    const text = `only ${other.name}, which is not ours, pauses its terminations: whether anybody drains its nodes is not known`;
    return [{ ...about, severity: 'medium', status: 'WARN', text, ...fix }];
  }
  const text = 'no lifecycle hook pauses its terminations: its nodes go undrained';
  return [{ ...about, status: 'FAIL', text, ...fix }];
}

function fixOf({ clusterName, group, hooks }: GroupFacts, wishes: HookWishes): Pick<Judged, 'remediation'> {
  const { steps } = planHooks(group, hooks, { ...wishes, clusterName, kinds: ['terminate'] });
  const [hook] = steps.flatMap((step) => ('hook' in step ? [step.hook] : []));
  return hook ? { remediation: { command: putHookCommand(group.name, hook, wishes.region) } } : {};
}
