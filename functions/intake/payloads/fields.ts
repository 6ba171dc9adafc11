import * as z from 'zod/mini';
import { brief } from '../parse.ts';

const matching = (pattern: RegExp, expected: string) =>
  z.string().check(z.regex(pattern, { error: ({ input }) => `expected ${expected}, got ${brief(input)}` }));

export const filled = z.string().check(z.regex(/\S/, 'is empty'));
export const instanceId = matching(/^i-[0-9a-f]{8,17}$/, 'an instance id');
export const accountId = matching(/^\d{12}$/, 'an account id of twelve digits');
export const regionName = matching(/^[a-z]{2,}(?:-[a-z]+)+-\d+$/, 'a region');

/** ISO 8601, or as AWS Health writes it: Fri, 05 Jun 2026 15:10:09 GMT. */
export const instant = z.string().check(
  z.refine((text) => !Number.isNaN(Date.parse(text)), {
    error: ({ input }) => `expected a time, got ${brief(input)}`,
  }),
);

/** What every EventBridge event says: https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export const eventHeader = { id: filled, account: accountId, region: regionName };
