import { styleText } from 'node:util';
import type { HookPlan } from '../../shared/lifecycle/hook-step.ts';
import type { StepResult } from './carry-out.ts';

const did = { create: 'added', change: 'changed', delete: 'deleted', keep: 'kept', refuse: 'refused' } as const;

/** Lines for each step as soon as it is over, in columns. */
export function resultTexts(plans: readonly HookPlan[]): (result: StepResult) => string[] {
  const width = (names: readonly string[]) => Math.max(0, ...names.map(({ length }) => length));
  const groupWidth = width(plans.filter(({ steps }) => steps.length > 0).map(({ groupName }) => groupName));
  const hookWidth = width(plans.flatMap(({ steps }) => steps.map(({ name }) => name)));
  return (result) => {
    const { groupName, step } = result;
    const what = `${groupName.padEnd(groupWidth)}  ${step.name.padEnd(hookWidth)}`;
    if (result.outcome === 'failed') {
      const { text, next } = result.trouble;
      return [`  ${styleText('red', 'failed ')}  ${what}`.trimEnd(), ...[text, next ?? []].flat().map(indented)];
    }
    if (result.outcome === 'done') return [`  ${styleText('green', 'done   ')}  ${what}  ${did[step.verdict]}`];
    if (result.outcome === 'gone') return [`  ${styleText('dim', 'gone   ')}  ${what}  was deleted meanwhile`];
    return [`  ${styleText('yellow', 'stopped')}  ${what}`.trimEnd()];
  };
}

const indented = (line: string) => `           ${line}`;

/** When all are over. */
export function totalText(results: readonly StepResult[]): string {
  const count = (outcome: StepResult['outcome']) => results.filter((result) => result.outcome === outcome).length;
  const parts = [
    `${count('done') + count('gone')} done`,
    ...(count('failed') > 0 ? [`${count('failed')} failed`] : []),
    ...(count('interrupted') > 0 ? [`${count('interrupted')} not begun or cut off`] : []),
  ];
  if (parts.length === 1) return `${parts[0]}.`;
  return `${parts.join(', ')}. Run it again: what is done stays, and the rest follows.`;
}
