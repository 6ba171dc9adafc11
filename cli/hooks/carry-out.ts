import type { GroupHooks } from '../../shared/adapters/group-hooks.ts';
import type { HookPlan, HookStep } from '../../shared/lifecycle/hook-step.ts';
import { explainAwsError, type Trouble } from '../explain-aws-error.ts';

/** What became of one step. `gone`: what it was about is not there any more, and nothing is left to do. */
export type StepResult = { groupName: string; step: HookStep } & (
  | { outcome: 'done' | 'gone' | 'interrupted' }
  | { outcome: 'failed'; trouble: Trouble }
);

export function isWork({ verdict }: HookStep): boolean {
  return verdict === 'create' || verdict === 'change' || verdict === 'delete';
}

/** One after another, and each is told as soon as it is over. One that fails does not keep the next from its turn; an interrupt does. */
export async function carryOut(
  plans: readonly HookPlan[],
  tell: (result: StepResult) => void,
  { hooks, signal }: { hooks: GroupHooks; signal: AbortSignal },
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const { groupName, steps } of plans) {
    for (const step of steps.filter(isWork)) {
      const result = await attempt(groupName, step);
      tell(result);
      results.push(result);
    }
  }
  return results;

  async function attempt(groupName: string, step: HookStep): Promise<StepResult> {
    try {
      signal.throwIfAborted();
      return { groupName, step, outcome: await perform(groupName, step) };
    } catch (error) {
      if (signal.aborted) return { groupName, step, outcome: 'interrupted' };
      return { groupName, step, outcome: 'failed', trouble: explainAwsError(error) };
    }
  }

  function perform(groupName: string, step: HookStep): Promise<'done' | 'gone'> {
    return 'hook' in step ? hooks.put(groupName, step.hook, signal) : hooks.remove(groupName, step.name, signal);
  }
}
