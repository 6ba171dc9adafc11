import * as z from 'zod/mini';
import type { ManualOptions } from '../lifecycle/manual-options.ts';

const strings = z.record(z.string(), z.string());
const seconds = z.int().check(z.gte(0), z.lte(31_536_000));

/** As a request names what is asked of each drain; what it does not know is refused. */
export const manualOptions = z.strictObject({
  force: z.optional(z.boolean()),
  deleteEmptyDirData: z.optional(z.boolean()),
  disableEviction: z.optional(z.boolean()),
  gracePeriodSeconds: z.optional(seconds),
  timeoutSeconds: z.optional(seconds),
  podSelector: z.optional(
    z.strictObject({
      matchLabels: strings,
      matchExpressions: z.array(z.strictObject({ key: z.string(), operator: z.string(), values: z.array(z.string()) })),
    }),
  ),
  onDeadline: z.optional(z.enum(['stop', 'force'])),
  surgeSingletons: z.optional(z.boolean()),
} satisfies Record<keyof ManualOptions, z.ZodMiniType>);
