import * as z from 'zod/mini';
import type { HookAction } from '../shared/lifecycle/action.ts';

const text = z.string().check(z.minLength(1));
const place = z.enum(['EC2', 'AutoScalingGroup', 'WarmPool']);

/** What every action names. */
export const actionFields = {
  version: z.literal(1),
  account: z.string().check(z.regex(/^\d{12}$/)),
  region: text,
  instanceId: z.string().check(z.regex(/^i-[0-9a-f]+$/)),
};

/** The action of a lifecycle hook, as the intake hands it to the state machine. */
export const hookActionShape = <K extends HookAction['kind']>(kind: K) =>
  z.object({
    ...actionFields,
    kind: z.literal(kind),
    groupName: text,
    hookName: text,
    token: text,
    origin: z.optional(place),
    destination: z.optional(place),
    metadata: z.optional(z.string()),
  });

/** What the state machine hands to any tick. */
export const tickInputShape = <A extends z.ZodMiniType, S extends z.ZodMiniType>(action: A, state: S) =>
  z.object({ action, state: z.nullable(state), execution: text });

/** Of a tick's state: a field that an older version of ours may not have written yet. */
export const stateFields = {
  number: z.optional(z.number()),
  instant: z.optional(z.nullable(z.number())),
  name: z.optional(z.nullable(z.string())),
};

/** What lines are found by, of an event that may be anything. */
export function idsIn(event: unknown): { instance: string | undefined; execution: string | undefined } {
  const { action, execution } = (event ?? {}) as { action?: { instanceId?: unknown } | null; execution?: unknown };
  return { instance: asText(action?.instanceId), execution: asText(execution) };
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Throws an error that names every field that is not as the state machine sends it. */
export function parseTickInput<T extends z.ZodMiniType>(shape: T, event: unknown): z.output<T> {
  const parsed = shape.safeParse(event);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'event'}: ${message}`);
  throw new TypeError(`not the input of a tick: ${problems.join('; ')}`);
}
