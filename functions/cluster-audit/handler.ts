import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { S3Client } from '@aws-sdk/client-s3';
import { clientDefaults } from '../../shared/adapters/client-defaults.ts';
import { createGroupHookReads } from '../../shared/adapters/group-hook-reads.ts';
import { createLog } from '../../shared/adapters/log.ts';
import { createMetrics } from '../../shared/adapters/metrics.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { noteRepeatedCalls } from '../../shared/adapters/repeated-calls.ts';
import { createS3AuditReports } from '../../shared/adapters/s3-audit-reports.ts';
import { parseClusterAuditSettings } from '../../shared/settings/cluster-audit.ts';
import { createClusterAudit } from './create-cluster-audit.ts';

const settings = parseClusterAuditSettings(process.env);
const log = createLog({ service: 'cluster-audit', level: settings.logLevel });
const metrics = createMetrics({ service: 'cluster-audit' });
noteRepeatedCalls({ log, metrics });
export const handler = createClusterAudit(settings, {
  hooks: createGroupHookReads(new AutoScalingClient(clientDefaults)),
  reports: createS3AuditReports(new S3Client(clientDefaults), { bucket: settings.reportBucket }),
  clock: realClock,
  log,
  metrics,
});
