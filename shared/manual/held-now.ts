import { budgetKey } from '../lifecycle/attempt.ts';
import { budgetsOf } from '../lifecycle/budget-match.ts';
import { type Cause, neverAllows } from '../lifecycle/causes.ts';
import { type Diagnosis, diagnose } from '../lifecycle/diagnosis.ts';
import type { BudgetView } from '../lifecycle/node.ts';
import type { PodView } from '../lifecycle/pod.ts';

/** What only the drain knows, since it has asked: webhooks, rights, replacements that find no node. */
const asked = (code: string) => !code.includes('budget') && code !== 'pending' && code !== 'other';

/** What holds these pods: by their budgets as they are now, and by what the drain noted when it last looked. */
export function heldNow(
  pods: readonly PodView[],
  budgets: readonly BudgetView[],
  noted: readonly Diagnosis[] = [],
): Diagnosis[] {
  const here = new Set(pods.map(({ namespace, name }) => `${namespace}/${name}`));
  const told = noted.filter((one) => asked(one.code) && one.pods.some((name) => here.has(name)));
  const toldOf = new Set(told.flatMap((one) => one.pods));
  const rows = pods.flatMap((pod) => {
    const cause = causeOf(budgetsOf(pod, budgets));
    return cause && !toldOf.has(`${pod.namespace}/${pod.name}`) ? [{ pod, cause }] : [];
  });
  return [...told, ...diagnose(rows, { budgets, neighbours: [] })];
}

function causeOf(mine: readonly BudgetView[]): Cause | undefined {
  if (mine.length > 1) {
    const names = mine.map(budgetKey).toSorted().join(' and ');
    return { code: 'two-budgets', text: `more than one disruption budget selects it: ${names}` };
  }
  const [none] = mine.filter(({ disruptionsAllowed }) => disruptionsAllowed <= 0);
  if (!none) return undefined;
  const { currentHealthy, desiredHealthy } = none;
  const never = neverAllows(none);
  const text = `budget ${budgetKey(none)} needs ${desiredHealthy} healthy pods and has ${currentHealthy}`;
  return { code: 'budget', text: never ? `${text}; ${never}: it can never allow a disruption` : text };
}
