import * as z from 'zod';
import { problemsWith, type Setting } from '../../shared/settings/table.ts';

type SectionTable = Readonly<Record<string, Setting<never>>>;
type Section<T> = { [K in keyof T]?: T[K] extends Setting<infer Value> ? Value : never };

/**
 * A part of the settings file whose keys are the settings of a function: each takes what the function's environment takes, as what it is
 * there, and is left to the function's own default otherwise.
 */
export function sectionOf<T extends object>(table: T): z.ZodType<Section<T>, Section<T>> {
  const keys = Object.entries(table as SectionTable).map(([key, setting]) => [key, schemaOf(setting).optional()]);
  return z.strictObject(Object.fromEntries(keys)) as unknown as z.ZodType<Section<T>, Section<T>>;
}

function schemaOf(setting: Setting<never>) {
  return z.unknown().superRefine((value, context) => {
    for (const message of problemsWith(setting, value)) context.addIssue({ code: 'custom', message });
  });
}
