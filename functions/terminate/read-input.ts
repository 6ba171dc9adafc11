import * as z from 'zod/mini';
import { firstState } from '../../shared/drain/session.ts';
import type { NoticeAction } from '../../shared/lifecycle/action.ts';
import type { TickCounts, TickInput, TickState } from '../../shared/lifecycle/tick.ts';
import { manualOptions } from '../../shared/settings/manual-options.ts';
import { actionFields, hookActionShape, parseTickInput, stateFields, tickInputShape } from '../tick-input.ts';

const { number, instant, name } = stateFields;
const text = z.string().check(z.minLength(1));

/** What says that an instance goes, without a hook that pauses it. */
const notice = z.object({
  ...actionFields,
  kind: z.enum(['spot-interruption', 'rebalance', 'state-change', 'scheduled-change'] satisfies NoticeAction['kind'][]),
  detail: z.optional(text),
  at: z.optional(text.check(z.refine((at) => !Number.isNaN(Date.parse(at)), 'expected a time'))),
  noticeId: text,
});

const counts = z.looseObject({
  evicted: number,
  forced: number,
  blocked: number,
  heartbeats: number,
} satisfies Record<keyof TickCounts, z.ZodMiniType>);

/** What somebody asked for: read whole where it is asked, and handed on by ourselves. */
const manual = z.object({
  ...actionFields,
  instanceId: text,
  kind: z.literal('manual'),
  cluster: text,
  node: text,
  requestId: text,
  requestedBy: z.optional(text),
  options: manualOptions,
});

/** A drain in flight goes on after an upgrade, so only what tells our state from anything else has to be there. */
const state = z.looseObject({
  version: z.literal(1),
  startedAt: z.number(),
  ticks: z.number(),
  clusterName: name,
  nodeName: name,
  heartbeatAt: instant,
  noNodeLooks: number,
  troubleSince: instant,
  trouble: name,
  troubleKind: name,
  noActionSince: instant,
  emptyAt: instant,
  progressAt: number,
  extendedUntil: instant,
  handedAt: instant,
  healthyLooks: number,
  marked: z.optional(z.boolean()),
  markSentAt: instant,
  cordonedAt: instant,
  counts,
} satisfies Record<keyof TickState, z.ZodMiniType>);

const input = tickInputShape(z.discriminatedUnion('kind', [hookActionShape('terminate'), notice, manual]), state);

/**
 * A field that an older version of ours did not write yet is as it is on a first tick. Throws an error that names every field that
 * is not as the state machine sends it.
 */
export function readTickInput(event: unknown): TickInput {
  const parsed = parseTickInput(input, event);
  return { ...parsed, state: parsed.state && completed(parsed.state) } as TickInput;
}

function completed(written: z.output<typeof state>) {
  const first = firstState(written.startedAt);
  return { ...first, ...written, counts: { ...first.counts, ...written.counts } };
}
