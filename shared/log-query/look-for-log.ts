import type { ClusterLoggingPort } from './cluster-logging-port.ts';
import type { LogGroup, LogsPort } from './logs-port.ts';
import { type NoLog, type WantedLog, whyNoLog } from './why-no-log.ts';

/** The log group of a query, and why it would find nothing there, if so; with `group` and `noLog` it holds what was logged before. */
export async function lookForLog(
  wanted: WantedLog,
  clusterName: string | undefined,
  { logs, logging }: { logs: Pick<LogsPort, 'findGroup'>; logging: ClusterLoggingPort },
  signal: AbortSignal,
): Promise<{ group: LogGroup; noLog?: NoLog } | { group?: never; noLog: NoLog }> {
  const [group, logTypes] = await Promise.all([
    logs.findGroup(wanted.groupName, signal),
    clusterName === undefined ? undefined : logging.logTypes(clusterName, signal),
  ]);
  const cluster = clusterName !== undefined && logTypes ? { name: clusterName, logTypes } : undefined;
  const noLog = whyNoLog(wanted, { group, ...(cluster && { cluster }) });
  if (group && (!noLog || noLog.holdsOlder)) return { group, ...(noLog && { noLog }) };
  if (noLog) return { noLog };
  throw new Error(`log group ${wanted.groupName} is missing without a reason`);
}
