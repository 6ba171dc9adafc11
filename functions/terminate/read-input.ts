import * as z from 'zod/mini';
import { firstState } from '../../shared/drain/session.ts';
import type { TickCounts, TickInput, TickState } from '../../shared/lifecycle/tick.ts';

const text = z.string().check(z.minLength(1));
const place = z.enum(['EC2', 'AutoScalingGroup', 'WarmPool']);

const action = z.object({
  version: z.literal(1),
  kind: z.literal('terminate'),
  account: z.string().check(z.regex(/^\d{12}$/)),
  region: text,
  instanceId: z.string().check(z.regex(/^i-[0-9a-f]+$/)),
  groupName: text,
  hookName: text,
  token: text,
  origin: z.optional(place),
  destination: z.optional(place),
  metadata: z.optional(z.string()),
});

const number = z.optional(z.number());
const instant = z.optional(z.nullable(z.number()));
const name = z.optional(z.nullable(z.string()));

const counts = z.looseObject({
  evicted: number,
  forced: number,
  blocked: number,
  heartbeats: number,
} satisfies Record<keyof TickCounts, z.ZodMiniType>);

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
  healthyLooks: number,
  marked: z.optional(z.boolean()),
  markSentAt: instant,
  cordonedAt: instant,
  counts,
} satisfies Record<keyof TickState, z.ZodMiniType>);

const input = z.object({ action, state: z.nullable(state), execution: text });

/**
 * A field that an older version of ours did not write yet is as it is on a first tick. Throws an error that names every field that
 * is not as the state machine sends it.
 */
export function readTickInput(event: unknown): TickInput {
  const parsed = input.safeParse(event);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'event'}: ${message}`);
    throw new TypeError(`not the input of a tick: ${problems.join('; ')}`);
  }
  return { ...parsed.data, state: parsed.data.state && completed(parsed.data.state) } as TickInput;
}

function completed(written: z.output<typeof state>) {
  const first = firstState(written.startedAt);
  return { ...first, ...written, counts: { ...first.counts, ...written.counts } };
}
