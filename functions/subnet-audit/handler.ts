import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SNSClient } from '@aws-sdk/client-sns';
import { createAuditEvents } from '../../shared/adapters/audit-events.ts';
import { createAuditTopic } from '../../shared/adapters/audit-topic.ts';
import { clientDefaults } from '../../shared/adapters/client-defaults.ts';
import { createLog } from '../../shared/adapters/log.ts';
import { createMetrics } from '../../shared/adapters/metrics.ts';
import { openNetworkSnapshot } from '../../shared/adapters/open-network-snapshot.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { noteRepeatedCalls } from '../../shared/adapters/repeated-calls.ts';
import { createS3AuditHistory, loadS3Text } from '../../shared/adapters/s3-audit-history.ts';
import { createSecurityHub } from '../../shared/adapters/security-hub.ts';
import type { WaiverFile } from '../../shared/audit/waivers.ts';
import { parseSubnetAuditSettings } from '../../shared/settings/subnet-audit.ts';
import { createSubnetAudit } from './create-subnet-audit.ts';

const settings = parseSubnetAuditSettings(process.env);
const { kubernetes, reportBucket, securityHub, topicArn, waivers } = settings;
const log = createLog({ service: 'subnet-audit', level: settings.logLevel });
const metrics = createMetrics({ service: 'subnet-audit' });
noteRepeatedCalls({ log, metrics });
const s3 = new S3Client(clientDefaults);

async function readTheWaivers(signal: AbortSignal): Promise<WaiverFile | undefined> {
  if (waivers === undefined) return undefined;
  const { readWaivers } = await import('../../shared/audit-files/read-waivers.ts');
  return readWaivers(await loadS3Text(s3, waivers, signal), waivers);
}

export const handler = createSubnetAudit(settings, {
  takeSnapshot: (wishes, signal) => openNetworkSnapshot({ kubernetes }, wishes, {}, signal),
  waivers: readTheWaivers,
  history: createS3AuditHistory(s3, { bucket: reportBucket }),
  news: [
    createAuditEvents(new EventBridgeClient(clientDefaults)),
    ...(topicArn === undefined ? [] : [createAuditTopic(new SNSClient(clientDefaults), { topicArn })]),
  ],
  securityHub: securityHub ? createSecurityHub(new SecurityHubClient(clientDefaults), { clock: realClock }) : undefined,
  clock: realClock,
  log,
  metrics,
});
