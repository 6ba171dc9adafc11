import type { BudgetPlan, DrainPlan, NodePlan, PodPlan } from '../../shared/plan/drain-plan.ts';
import { amount, factsOf, rangeText, verdictWords } from '../../shared/plan/summarise.ts';
import { type Cell, pen, type TextOptions } from './plan-table.ts';

const styles = { drainable: 'green', blocked: 'red', 'cannot-tell': 'yellow' } as const;
/** More of them are counted, not named. */
const mostNamed = 5;

/** The plan for a terminal, blocked nodes first. `width`: of the terminal, in characters. */
export function planText(plan: DrainPlan, options: TextOptions): string {
  const { style, line, table } = pen(options);
  const worstFirst = [...plan.nodes].sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  const heading = [
    `${style('bold', plan.target)}${plan.cluster === undefined ? '' : ` of cluster ${plan.cluster}`}: ${style(styles[plan.verdict], verdictWords[plan.verdict])}`,
    line(factsOf(plan).join('; ')),
  ];
  const sections = [
    heading,
    ...worstFirst.map((node) => [
      `${style(styles[node.verdict], signs[node.verdict])} ${style('bold', node.name)}  ${nodeNote(node)}`,
      ...table(['pod', 'will', 'why', 'replacement'], node.pods.filter(isTold).map(podCells)),
      ...stayLine(node.pods).map((text) => style('dim', line(text, 4))),
    ]),
    section('Disruption budgets', [
      ...table(['budget', 'outlook', 'needs', 'has', 'pods', 'why'], plan.budgets.map(budgetCells)),
    ]),
    section(
      'Outages',
      plan.singletons.map(({ workload, text }) => line(`${workload}: ${text}`, 2)),
    ),
    section(
      'Replacements (an estimate)',
      replacementLines(plan).map((text) => line(text, 2)),
    ),
    section('Not known', [
      ...plan.unknown.map(({ text, right, message }) =>
        line(`${text}: ${right ? `no right to ${right}` : message}`, 2),
      ),
    ]),
    section(
      'Instances without a Node',
      plan.withoutNode.map(
        ({ instanceId, lifecycleState, zone }) => `  ${[instanceId, lifecycleState, zone].filter(Boolean).join('  ')}`,
      ),
    ),
    section(`Takes ${rangeText(plan.duration)}, ${amount(plan.maxUnavailable, 'node')} at a time`, [
      ...plan.duration.assumptions.map((text) => style('dim', line(text, 2))),
    ]),
    section(
      'Next',
      nextLines(plan).map((text) => line(text, 2, true)),
    ),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;

  function section(title: string, lines: readonly string[]): string[] {
    return lines.length > 0 ? [style('bold', title), ...lines] : [];
  }
}

function nextLines({ next, verdict, nodes }: DrainPlan): readonly string[] {
  const isWork = nodes.some(({ pods }) => pods.some((pod) => pod.verdict === 'evict'));
  return verdict === 'drainable' && isWork ? ['enl drain start, with the same options, drains it'] : next;
}

const order: readonly DrainPlan['verdict'][] = ['blocked', 'cannot-tell', 'drainable'];
const signs = { drainable: '=', blocked: '!', 'cannot-tell': '?' } as const;

function nodeNote({ zone, instanceId, ready, cordoned, summary, duration }: NodePlan): string {
  const state = [...(ready ? [] : ['not ready']), ...(cordoned ? ['cordoned'] : [])];
  return [zone, instanceId, ...state, summary, rangeText(duration)].filter((part) => part !== undefined).join('  ');
}

function isTold({ verdict }: PodPlan): boolean {
  return verdict !== 'stay' && verdict !== 'ignore';
}

/** Pods that stay are told in one line: most are of DaemonSets. */
function stayLine(pods: readonly PodPlan[]): string[] {
  const stay = pods.filter(({ verdict }) => verdict === 'stay');
  if (stay.length === 0) return [];
  const names = stay.slice(0, mostNamed).map(({ namespace, name }) => `${namespace}/${name}`);
  const more = stay.length - names.length;
  return [
    `${stay.length === 1 ? '1 pod stays' : `${stay.length} pods stay`}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  ];
}

function podCells({ namespace, name, verdict, code, reason, warning, singleton, replacement }: PodPlan): Cell[] {
  const style =
    verdict === 'block' || verdict === 'stuck' ? 'red' : warning || verdict === 'wait' ? 'yellow' : undefined;
  const why = verdict === 'evict' && !warning ? reason : `${code}: ${reason}`;
  const where =
    replacement === undefined
      ? '-'
      : replacement.kind === 'fits'
        ? replacement.nodeName
        : replacement.kind.replace('-', ' ');
  return [
    { text: `${namespace}/${name}` },
    { text: verdict, ...(style ? { style } : {}) },
    { text: singleton === undefined ? why : `outage of ${singleton}; ${why}` },
    { text: where, ...(replacement?.kind === 'pending' ? { style: 'yellow' } : {}) },
  ];
}

const outlookStyles = {
  never: 'red',
  surged: 'yellow',
  holds: 'yellow',
  'lets-go': 'green',
  bypassed: 'yellow',
} as const;

function budgetCells({ namespace, name, outlook, needs, has, pods, text }: BudgetPlan): Cell[] {
  return [
    { text: `${namespace}/${name}` },
    { text: outlook.replace('-', ' '), style: outlookStyles[outlook] },
    ...[needs, has, pods].map((count) => ({ text: String(count) })),
    { text },
  ];
}

/** Pods that would stay Pending for the same reasons are told together. */
function replacementLines({ nodes, placement }: DrainPlan): string[] {
  const { fits, pending, notSimulated, assumptions } = placement;
  if (fits + pending + notSimulated === 0) return [];
  const known = new Map<string, string[]>();
  for (const { namespace, name, replacement } of nodes.flatMap(({ pods }) => pods)) {
    if (!replacement || replacement.kind === 'fits') continue;
    known.set(replacement.text, [...(known.get(replacement.text) ?? []), `${namespace}/${name}`]);
  }
  const groups = [...known].map(([text, names]) => {
    const more = names.length - mostNamed;
    return `${names.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}: ${text}`;
  });
  const rest = notSimulated > 0 ? `, ${notSimulated} not simulated` : '';
  return [`${fits} fit on other nodes, ${pending} would stay Pending${rest}`, ...groups, ...assumptions];
}
