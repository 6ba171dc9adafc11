import type { DrainPlan, DurationRange, PodPlan } from './drain-plan.ts';

export const verdictWords = { drainable: 'can be drained', blocked: 'blocked', 'cannot-tell': 'cannot tell' } as const;

/** The plan in one line. */
export function summarise(plan: Omit<DrainPlan, 'summary'>): string {
  return `${plan.target}: ${verdictWords[plan.verdict]}: ${factsOf(plan).join('; ')}`;
}

/** What matters most of a plan, each in a few words. */
export function factsOf({ nodes, budgets, unknown, placement, duration }: Omit<DrainPlan, 'summary'>): string[] {
  const pods = nodes.flatMap((node) => node.pods);
  const going = pods.filter(({ verdict }) => verdict === 'evict').length;
  const blocking = pods.filter(({ verdict }) => verdict === 'block');
  const never = budgets.filter(({ outlook }) => outlook === 'never').length;
  const { pending } = placement;
  return [
    `${amount(nodes.length, 'node')}, ${amount(going, 'pod')} to evict`,
    ...(blocking.length > 0 ? [`${amount(blocking.length, 'pod')} would block (${codesOf(blocking)})`] : []),
    ...(never > 0 ? [`${amount(never, 'budget')} can never allow it`] : []),
    ...unknown.map(({ text, right }) => `it is not known ${text}${right ? `: no right to ${right}` : ''}`),
    ...(pending > 0 ? [`${amount(pending, 'replacement')} would stay Pending`] : []),
    `takes ${rangeText(duration)}`,
  ];
}

/** For example `40 s – 3 min`. */
export function rangeText({ lowSeconds, highSeconds }: DurationRange): string {
  if (highSeconds === null) return `${timeText(lowSeconds)} or until the deadline`;
  return lowSeconds === highSeconds ? timeText(lowSeconds) : `${timeText(lowSeconds)} – ${timeText(highSeconds)}`;
}

function timeText(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function amount(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function codesOf(pods: readonly PodPlan[]): string {
  return [...new Set(pods.map(({ code }) => code))].sort().join(', ');
}
