import type { QueryState } from './query-state.ts';
import type { QueryPorts } from './query-wish.ts';
import { within } from './within.ts';

const stopMs = 5_000;

/**
 * Stops what runs, whatever has become of the run's signal, and answers the ids of queries that could not be stopped: those end by themselves
 * after an hour. They are few enough to be stopped at once. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StopQuery.html
 */
export async function stopRunning(
  { running }: QueryState,
  { logs, clock }: Pick<QueryPorts, 'logs' | 'clock'>,
): Promise<string[]> {
  if (running.length === 0) return [];
  const stops = await within(stopMs, clock, (signal) =>
    Promise.allSettled(running.map(({ queryId }) => logs.stopQuery(queryId, signal))),
  );
  return running.flatMap(({ queryId }, at) => (stops[at]?.status === 'rejected' ? [queryId] : []));
}
