import type { CallEffect, TimedEvent } from './event.ts';
import type { Journal, Violation } from './journal.ts';
import type { Scenario, WorkloadSpec } from './scenario.ts';

/** One line of an event, for a person. */
export function tellEvent(event: TimedEvent): string {
  const { at: _, is, ...rest } = event;
  if (event.is === 'fault' || event.is === 'scaling-fault') {
    const where = event.is === 'fault' ? event.on : `Auto Scaling’s ${event.on}`;
    const which = `${event.skip > 0 ? `after ${event.skip}, ` : ''}${event.times === 1 ? 'once' : `${event.times} times`}`;
    return `${where}: ${tellEffect(event.effect)} (${which}, within ${event.forSeconds} s)`;
  }
  const details = Object.entries(rest).map(
    ([key, value]) => `${key} ${typeof value === 'object' ? JSON.stringify(value) : value}`,
  );
  return [is.replaceAll('-', ' '), ...details].join(', ');
}

function tellEffect(effect: CallEffect): string {
  switch (effect.do) {
    case 'latency':
      return `takes ${effect.seconds} s`;
    case 'reset':
      return `connection reset ${effect.effect} the effect`;
    case 'answer':
      return `HTTP ${effect.status}${effect.retryAfter === undefined ? '' : `, Retry-After ${effect.retryAfter}`} ${effect.effect === 'before' ? 'instead of' : 'after'} the effect`;
    case 'kill':
      return `the tick vanishes ${effect.effect} the effect`;
    case 'freeze':
      return `the process stands still for ${effect.seconds} s after it`;
  }
}

/** The cluster, the events and what broke: one line each. */
export function tellScenario(scenario: Scenario): string {
  const { policy, groups, nodes, spares, workloads, budgets, events, notices, retains } = scenario;
  const { networkMilliseconds, skewMilliseconds, random } = scenario;
  return [
    `policy    ${JSON.stringify(policy)}`,
    `groups    ${retains ? 'keep what is abandoned, ' : ''}heartbeat ${groups.map(({ heartbeatSeconds }) => `${heartbeatSeconds} s`).join(', ')}`,
    ...nodes.map((node, index) => `node-${index}    ${JSON.stringify(node)}`),
    `spares    ${spares}; network ${networkMilliseconds} ms, clocks ${skewMilliseconds} ms off, random ${random}`,
    ...workloads.map((spec, index) => `w${index}        ${tellWorkload(spec)}`),
    ...budgets.map(
      ({ of, ...rest }, index) =>
        `b${index}        of ${of < workloads.length ? `w${of}` : 'all'} ${JSON.stringify(rest)}`,
    ),
    ...notices.map((notice) => `notice    ${JSON.stringify(notice)}`),
    ...events.toSorted((a, b) => a.at - b.at).map((event) => `${String(event.at).padStart(6)} s  ${tellEvent(event)}`),
  ].join('\n');
}

function tellWorkload({ kind, replicas, ...rest }: WorkloadSpec): string {
  return `${kind} of ${replicas} ${JSON.stringify(rest)}`;
}

/** What was played. */
export interface Played {
  world: { journal: Journal; begin: number };
  violation: Violation | undefined;
}

/** What happened, second by second, from a while before it broke. */
export function tellJournal({ world, violation }: Played, most = 60): string {
  const lines = world.journal.lines.slice(-most);
  const seconds = (at: number) => `${((at - world.begin) / 1000).toFixed(1).padStart(8)} s`;
  return [
    ...lines.map(({ at, text }) => `${seconds(at)}  ${text}`),
    ...(violation ? [`${seconds(violation.at)}  BROKEN: ${violation.invariant}: ${violation.text}`] : []),
  ].join('\n');
}
