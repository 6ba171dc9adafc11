import { advanceQuery } from '../../../shared/log-query/advance-query.ts';
import type { QueryOutcome } from '../../../shared/log-query/outcome.ts';
import { type KeptPart, putTogether } from '../../../shared/log-query/put-together.ts';
import { dueAt, newQuery, type QueryState } from '../../../shared/log-query/query-state.ts';
import type { QueryWish } from '../../../shared/log-query/query-wish.ts';
import { runLogQuery } from '../../../shared/log-query/run-log-query.ts';
import { type LogsWorld, startSeconds, type WorldEvent } from './logs-world.ts';

const never = new AbortController().signal;

export const events = 'fields @timestamp, verb, who\n| sort @timestamp asc\n| limit 100000';
export const counts = {
  text: `stats count(*) as n, min(@timestamp) as first, max(code) as worst, earliest(verb) as before, latest(verb) as after by who
| sort n desc, who asc
| limit 100000`,
  mergeable: true,
  aggregates: { n: 'sum', first: 'min', worst: 'max', before: 'first', after: 'last' },
} as const;

/** The first so many seconds of the world's time. */
export function wishFor(seconds: number, wish: Partial<QueryWish> = {}): QueryWish {
  const range = { startSeconds, endSeconds: startSeconds + seconds - 1 };
  return { group: '/aws/eks/prod/cluster', query: { text: events, mergeable: true }, range, ...wish };
}

/** So many events in each second. */
export function evenly(seconds: number, perSecond: number): WorldEvent[] {
  return Array.from({ length: seconds * perSecond }, (_, id) => ({
    atMs: startSeconds * 1000 + Math.floor((id * 1000) / perSecond),
    message: JSON.stringify({ id, verb: id % 3 === 0 ? 'delete' : 'get', who: `user-${id % 7}`, code: 200 + (id % 5) }),
  }));
}

export const runIn = (world: LogsWorld, wish: QueryWish, signal = never): Promise<QueryOutcome> =>
  world.clock.runUntil(runLogQuery(wish, world.ports, signal));

/** Each step by a process of its own: all that one hands to the next goes through JSON. */
export async function runInSteps(world: LogsWorld, wish: QueryWish) {
  const kept: KeptPart[] = [];
  const states: QueryState[] = [];
  const ports = {
    ...world.ports,
    keep: (rows: KeptPart['rows'], range: KeptPart['range']) => void kept.push({ rows, range }),
  };
  let state = newQuery(wish);
  while (state.phase !== 'done') {
    const handed = JSON.parse(JSON.stringify(state)) as QueryState;
    state = await world.clock.runUntil(advanceQuery(handed, wish, ports, never));
    states.push(state);
    if (state.phase !== 'done') await world.clock.advance(Math.max(0, dueAt(state) - world.clock.now()));
  }
  return { outcome: putTogether(state, wish, kept), kept, states };
}
