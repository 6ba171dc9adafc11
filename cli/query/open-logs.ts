import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EKSClient } from '@aws-sdk/client-eks';
import { clientDefaults } from '../../shared/adapters/client-defaults.ts';
import { createClusterLogging } from '../../shared/adapters/cluster-logging.ts';
import { createLogsInsights } from '../../shared/adapters/logs-insights.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { createTurns, logsCallsPerSecond } from '../../shared/adapters/turns.ts';
import type { ClusterLoggingPort } from '../../shared/log-query/cluster-logging-port.ts';
import type { LogsPort } from '../../shared/log-query/logs-port.ts';
import type { Clock } from '../../shared/ports.ts';
import type { RunOptions } from './run-options.ts';

export interface OpenLogs {
  logs: LogsPort;
  logging: ClusterLoggingPort;
  clock: Clock;
  /** Waits until one more call may be made. */
  turn(signal: AbortSignal): Promise<void>;
  /** Of whoever is signed in, unless it was said. */
  region: string;
}

/** What is left out is found as every AWS tool finds it. */
export async function openLogs({ region, profile }: Pick<RunOptions, 'region' | 'profile'>): Promise<OpenLogs> {
  const access = { ...clientDefaults, ...(region && { region }), ...(profile && { profile }) };
  const client = new CloudWatchLogsClient(access);
  return {
    logs: createLogsInsights(client),
    logging: createClusterLogging(new EKSClient(access)),
    clock: realClock,
    turn: createTurns({ perSecond: logsCallsPerSecond }, realClock),
    region: await client.config.region(),
  };
}
