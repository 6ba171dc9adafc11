import * as z from 'zod/mini';
import type { TickInput, TickState } from '../../shared/lifecycle/tick.ts';

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

/** The state is our own: only what says that it is one of this version is checked. */
const state = z.looseObject({ version: z.literal(1), startedAt: z.number(), ticks: z.number() });

const input = z.object({ action, state: z.nullable(state), execution: text });

/** Throws an error that names every field that is not as the state machine sends it. */
export function readTickInput(event: unknown): TickInput {
  const parsed = input.safeParse(event);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'event'}: ${message}`);
    throw new TypeError(`not the input of a tick: ${problems.join('; ')}`);
  }
  return { ...parsed.data, state: parsed.data.state as TickState | null } as TickInput;
}
