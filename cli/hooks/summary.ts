import { isWork } from './carry-out.ts';
import type { Gathered } from './gather-plans.ts';

export interface HookSummary {
  create: number;
  change: number;
  delete: number;
  keep: number;
  refuse: number;
  leftAlone: number;
  unread: number;
  /** Steps that change something. */
  work: number;
  /** Instances that pause for a hook that goes. */
  waiting: number;
}

export function summarize({ plans, failures }: Gathered): HookSummary {
  const steps = plans.flatMap((plan) => plan.steps);
  const count = (verdict: string) => steps.filter((step) => step.verdict === verdict).length;
  return {
    create: count('create'),
    change: count('change'),
    delete: count('delete'),
    keep: count('keep'),
    refuse: count('refuse'),
    leftAlone: plans.filter(({ leftAlone }) => leftAlone).length,
    unread: failures.length,
    work: steps.filter(isWork).length,
    waiting: steps.flatMap((step) => (step.verdict === 'delete' ? step.waiting : [])).length,
  };
}

/** For example `2 to add, 1 to change; 3 kept, 1 group left alone`. */
export function summaryText({ work, keep, refuse, leftAlone, unread, ...counts }: HookSummary): string {
  const some = (number: number, text: string) => (number === 0 ? [] : [`${number} ${text}`]);
  const groups = (number: number) => (number === 1 ? 'group' : 'groups');
  const doing = [
    ...some(counts.create, 'to add'),
    ...some(counts.change, 'to change'),
    ...some(counts.delete, 'to delete'),
  ];
  const rest = [
    ...some(keep, 'kept'),
    ...some(refuse, 'impossible'),
    ...some(leftAlone, `${groups(leftAlone)} left alone`),
    ...some(unread, `${groups(unread)} not read`),
  ];
  const first = work === 0 ? 'nothing to do' : doing.join(', ');
  return rest.length === 0 ? first : `${first}; ${rest.join(', ')}`;
}
