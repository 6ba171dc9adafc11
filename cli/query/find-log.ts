import { isCausedBy } from '../../shared/adapters/paced-calls.ts';
import type { TimeRange } from '../../shared/log-insights/time-range.ts';
import { discoveredFields } from '../../shared/log-insights-ql/discovered-fields.ts';
import { bytesText } from '../../shared/log-query/bytes-text.ts';
import type { ClusterLoggingPort } from '../../shared/log-query/cluster-logging-port.ts';
import { estimateBytes } from '../../shared/log-query/estimate.ts';
import type { LogGroup } from '../../shared/log-query/logs-port.ts';
import { lookForLog } from '../../shared/log-query/look-for-log.ts';
import type { NoLog } from '../../shared/log-query/why-no-log.ts';
import { CommandError } from '../command-error.ts';
import { tell } from '../run-command.ts';
import type { AskedQuery } from './asked-query.ts';
import type { NamedLog } from './named-log.ts';
import type { OpenLogs } from './open-logs.ts';
import { sayCost } from './progress-text.ts';

export interface FoundLog {
  group: LogGroup;
  /** Why an empty result would be no answer. */
  older?: CommandError;
}

/** The log group, if there is something to find in it. Throws a CommandError with the command that helps. */
export async function findLog(
  { shown, streams }: AskedQuery,
  { group: groupName, cluster }: NamedLog,
  range: TimeRange,
  { logs, logging, region }: OpenLogs,
  signal: AbortSignal,
): Promise<FoundLog> {
  const wanted = { groupName, streams, discoveredFields: () => fieldsOf(shown.text), range, region };
  const { group, noLog } = await lookForLog(wanted, cluster, { logs, logging: ifAllowed(logging) }, signal);
  if (!group) throw explained(noLog);
  if (!noLog) return { group };
  tell(noLog.text);
  return { group, older: explained(noLog) };
}

/** Throws a CommandError where the range, read so many times, would cost more than it may. */
export function refuseCostly(
  { group, times }: { group: LogGroup; times: number },
  range: TimeRange,
  nowMs: number,
  maxBytes: number,
  region: string,
): void {
  const held = estimateBytes(group, range, nowMs);
  const bytes = held * times;
  const often = times === 1 ? '' : ` and is read ${times} times`;
  const about = `the range holds about ${bytesText(held)}${often}, ${sayCost(bytes, region)}, by the size of ${group.name}`;
  if (bytes > maxBytes)
    throw new CommandError(
      `${about}, and --max-bytes is ${bytesText(maxBytes)}`,
      'Nothing was asked. Pass a shorter range, or a larger --max-bytes.',
    );
  tell(about);
}

function explained({ text, command }: NoLog): CommandError {
  return new CommandError(text, command);
}

/** For a log group whose class discovers no fields; of a text that is not understood here nobody can say that it reads none. */
function fieldsOf(text: string): string[] {
  try {
    return discoveredFields(text);
  } catch {
    return ['what is not understood here'];
  }
}

/** Whoever may read the log, and not the cluster, can still ask. */
function ifAllowed(logging: ClusterLoggingPort): ClusterLoggingPort {
  return {
    logTypes: async (cluster, signal) => {
      try {
        return await logging.logTypes(cluster, signal);
      } catch (error) {
        if (!isCausedBy(error, 'AccessDeniedException', 'AccessDenied')) throw error;
        tell(`whether cluster ${cluster} writes this log is not known: eks:DescribeCluster is not allowed`);
        return ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
      }
    },
  };
}
