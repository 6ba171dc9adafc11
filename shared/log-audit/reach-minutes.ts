import { checkValues } from '../log-insights/parameters.ts';
import type { ScheduledQuery } from './scheduled-queries.ts';

/** Over how long the rule of a query counts: what began so long before the end of a window is only seen whole when the next one looks back as far. */
export function reachMinutes({ parameters, template }: Pick<ScheduledQuery, 'parameters' | 'template'>): number {
  const { minutes = '0' } = checkValues(parameters, {});
  const bins = [...template.matchAll(/\bbin\((\d+)m\)/g)].map(([, length]) => Number(length));
  return Math.max(Number(minutes), ...bins);
}
