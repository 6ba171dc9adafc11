import type { ScheduledQuery } from './scheduled-queries.ts';

/** With all rows that there are: a person reads the first of them, a run must miss none. */
export function scheduledText(query: Pick<ScheduledQuery, 'text'>): string {
  return query.text({}).replace(/\|\s*limit\s+\d+\s*$/, '| limit 100000');
}
