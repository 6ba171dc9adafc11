import { hookChanges, metadataNaming } from './hook-changes.ts';
import type { GroupHook, HookedGroup, HookKind, HookPlan, HookStep, OtherHook } from './hook-step.ts';
import { hookNames, hookTransitions } from './own-hooks.ts';

export interface WantedHooks {
  clusterName: string;
  topicArn: string;
  /** As whom Auto Scaling publishes to the topic. */
  roleArn: string;
  heartbeatSeconds: number;
  kinds: readonly HookKind[];
}

/** What EKS gives the hooks of its managed node groups. */
export const defaultHeartbeatSeconds = 1800;

/** Of one group, unless its quota was raised: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-quotas.html */
const mostHooks = 50;

/** What makes the hooks of a group those that are wanted. Doing it makes the next plan empty. */
export function planHooks(group: HookedGroup, hooks: readonly GroupHook[], wanted: WantedHooks): HookPlan {
  let free = mostHooks - hooks.length;
  const steps = wanted.kinds.map((kind): HookStep => {
    const step = planHook(kind, hooks, wanted);
    if (step.verdict !== 'create' || free-- > 0) return step;
    const text = `the group has ${hooks.length} lifecycle hooks and can have ${mostHooks}`;
    return { verdict: 'refuse', kind, name: step.name, code: 'hook-limit', text };
  });
  const counted = steps.map(({ name }) => name);
  const others = hooks.filter(({ name }) => !counted.includes(name));
  return { groupName: group.name, steps, others: others.flatMap((hook) => otherHook(hook, wanted)) };
}

function planHook(kind: HookKind, hooks: readonly GroupHook[], wanted: WantedHooks): HookStep {
  const name = hookNames[kind];
  const before = hooks.find((hook) => hook.name === name);
  const hook = { ...wantedHook(kind, wanted), metadata: metadataNaming(wanted.clusterName, before?.metadata) };
  if (before) {
    const changes = hookChanges(before, hook);
    if (changes.length === 0) return { verdict: 'keep', kind, name, code: 'as-wanted', text: 'as it should be' };
    const text = changes.length === 1 ? 'one value changes' : `${changes.length} values change`;
    return { verdict: 'change', kind, name, code: 'differs', text, hook, changes };
  }
  const notifying = hooks.find((each) => each.transition === hookTransitions[kind] && each.topicArn === hook.topicArn);
  if (notifying) {
    const text = 'notifies our topic already: it needs no second one';
    return { verdict: 'keep', kind, name: notifying.name, code: 'notifies-already', text };
  }
  return { verdict: 'create', kind, name, code: 'missing', text: 'is added', hook };
}

/** A dead consumer must neither keep instances nor stop a scale-out: CONTINUE for both, as EKS has it. */
function wantedHook(kind: HookKind, { topicArn, roleArn, heartbeatSeconds }: WantedHooks) {
  const [name, transition] = [hookNames[kind], hookTransitions[kind]];
  return { name, transition, heartbeatSeconds, defaultResult: 'CONTINUE', topicArn, roleArn };
}

/** Every hook of a transition gets its turn: https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html */
function otherHook({ name, transition, topicArn }: GroupHook, { kinds, ...wanted }: WantedHooks): OtherHook[] {
  const kind = kinds.find((each) => hookTransitions[each] === transition);
  if (kind === undefined) return [];
  if (topicArn === wanted.topicArn) {
    return [{ name, code: 'notifies-too', text: `notifies our topic, too, at ${kind}: one of the two can go` }];
  }
  return [{ name, code: 'foreign-hook', text: `somebody else's at ${kind}, kept: an instance waits for both` }];
}
