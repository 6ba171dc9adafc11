import * as z from 'zod/mini';
import { parseTickInput } from '../tick-input.ts';

const place = z.int().check(z.gte(0));
/** Execution names, which become part of a key. https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
const shape = z.object({
  execution: z.string().check(z.regex(/^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,79}$/)),
  startedAt: z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)), 'is no instant')),
  state: z.nullable(z.object({ ended: z.array(place), bytesScanned: z.number() })),
});

/** Throws an error that names every field that is not as the state machine sends it. */
export function readAuditLogInput(event: unknown) {
  const { startedAt, ...input } = parseTickInput(shape, event);
  return { ...input, startedAt: new Date(startedAt).toISOString() };
}
