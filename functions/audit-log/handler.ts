import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EKSClient } from '@aws-sdk/client-eks';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SNSClient } from '@aws-sdk/client-sns';
import { createAuditEvents } from '../../shared/adapters/audit-events.ts';
import { createAuditTopic } from '../../shared/adapters/audit-topic.ts';
import { clientDefaults } from '../../shared/adapters/client-defaults.ts';
import { createClusterLogging } from '../../shared/adapters/cluster-logging.ts';
import { listClusterNames } from '../../shared/adapters/eks-cluster-names.ts';
import { createLog } from '../../shared/adapters/log.ts';
import { createLogsInsights } from '../../shared/adapters/logs-insights.ts';
import { createMetrics } from '../../shared/adapters/metrics.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { noteRepeatedCalls } from '../../shared/adapters/repeated-calls.ts';
import { createS3AuditHistory, loadS3Text } from '../../shared/adapters/s3-audit-history.ts';
import { createS3Texts } from '../../shared/adapters/s3-texts.ts';
import { createSecurityHub } from '../../shared/adapters/security-hub.ts';
import { createTurns, logsCallsPerSecond } from '../../shared/adapters/turns.ts';
import type { WaiverFile } from '../../shared/audit/waivers.ts';
import { scheduledQueries } from '../../shared/log-audit/scheduled-queries.ts';
import { parseAuditLogSettings } from '../../shared/settings/audit-log.ts';
import { createAuditLog } from './create-audit-log.ts';

const settings = parseAuditLogSettings(process.env);
const { reportBucket, securityHub, topicArn, waivers } = settings;
const log = createLog({ service: 'audit-log', level: settings.logLevel });
const metrics = createMetrics({ service: 'audit-log' });
noteRepeatedCalls({ log, metrics });
const s3 = new S3Client(clientDefaults);
const eks = new EKSClient(clientDefaults);

async function readTheWaivers(signal: AbortSignal): Promise<WaiverFile | undefined> {
  if (waivers === undefined) return undefined;
  const { readWaivers } = await import('../../shared/audit-files/read-waivers.ts');
  return readWaivers(await loadS3Text(s3, waivers, signal), waivers);
}

export const handler = createAuditLog(
  { ...settings, queries: scheduledQueries(settings.queries, settings) },
  {
    clusterNames: (signal) => listClusterNames(eks, signal),
    logging: createClusterLogging(eks),
    logs: createLogsInsights(new CloudWatchLogsClient(clientDefaults)),
    turn: createTurns({ perSecond: logsCallsPerSecond }, realClock),
    texts: createS3Texts(s3, { bucket: reportBucket }),
    waivers: readTheWaivers,
    history: createS3AuditHistory(s3, { bucket: reportBucket }),
    news: [
      createAuditEvents(new EventBridgeClient(clientDefaults)),
      ...(topicArn === undefined ? [] : [createAuditTopic(new SNSClient(clientDefaults), { topicArn })]),
    ],
    securityHub: securityHub
      ? createSecurityHub(new SecurityHubClient(clientDefaults), { clock: realClock })
      : undefined,
    clock: realClock,
    random: Math.random,
    log,
    metrics,
  },
);
