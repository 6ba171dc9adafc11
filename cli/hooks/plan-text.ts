import { styleText } from 'node:util';
import type { HookChange, HookPlan, HookStep } from '../../shared/lifecycle/hook-step.ts';
import type { Gathered } from './gather-plans.ts';
import type { HookRequest } from './hook-request.ts';

const signs = {
  create: ['+', 'green'],
  change: ['~', 'yellow'],
  delete: ['-', 'red'],
  keep: ['=', 'dim'],
  refuse: ['!', 'red'],
} as const;

const labels: Record<HookChange['field'], string> = {
  transition: 'transition',
  heartbeatSeconds: 'heartbeat',
  defaultResult: 'default',
  topicArn: 'topic',
  roleArn: 'role',
  metadata: 'metadata',
};

/** What each hook is to be, said once. */
export function wantedText({ clusterName, topicArn, roleArn, heartbeatSeconds }: HookRequest): string[] {
  const values = [
    ['topic', topicArn],
    ['role', roleArn],
    ['heartbeat', `${heartbeatSeconds} s`],
    ['default', 'CONTINUE'],
    ['metadata', JSON.stringify({ cluster: clusterName })],
  ];
  return ['Every hook of ours has', ...values.map(([label = '', value]) => `  ${label.padEnd(10)} ${value}`), ''];
}

/** A paragraph a group: its name, and a line for each of its hooks that matters. */
export function plansText({ plans, failures }: Gathered): string[] {
  const width = Math.max(0, ...plans.flatMap((plan) => [...plan.steps, ...plan.others].map(({ name }) => name.length)));
  return [
    ...plans.flatMap((plan) => planText(plan, width)),
    ...failures.flatMap(({ groupName, text, next }) => [
      styleText('bold', groupName),
      `  ${styleText('red', '!')} ${text}`,
      ...(next ? [`      ${next}`] : []),
      '',
    ]),
  ];
}

function planText({ groupName, leftAlone, steps, others }: HookPlan, width: number): string[] {
  const line = (sign: string, name: string, text: string) => `  ${sign} ${name.padEnd(width)}  ${text}`;
  const body = leftAlone
    ? [`  ${styleText('dim', '.')} left alone: ${leftAlone.text}`]
    : [
        ...steps.flatMap((step) => {
          const [sign, style] = signs[step.verdict];
          return [line(styleText(style, sign), step.name, step.text), ...detail(step)];
        }),
        ...others.map(({ name, text }) => line(styleText('dim', '.'), name, text)),
        ...(steps.length + others.length === 0 ? [`  ${styleText('dim', '.')} no hook of ours`] : []),
      ];
  return [styleText('bold', groupName), ...body, ''];
}

function detail(step: HookStep): string[] {
  if (step.verdict === 'change') {
    return step.changes.map(({ field, from, to }) => {
      const value = (it: string | number | undefined) => (field === 'heartbeatSeconds' ? `${it} s` : (it ?? 'none'));
      return `      ${labels[field].padEnd(10)} ${value(from)} -> ${value(to)}`;
    });
  }
  if (step.verdict !== 'delete') return [];
  return step.waiting.map(({ id, lifecycleState, result }) => {
    const then = result === 'CONTINUE' ? 'it goes at once, drained or not' : 'it is abandoned, that is, terminated';
    return `      ${styleText('yellow', 'waiting')}    ${id} in ${lifecycleState}: ${then}`;
  });
}
