import middy from '@middy/core';
import type { LambdaLog } from '../../shared/adapters/log.ts';
import type { ClusterAuditSettings } from '../../shared/settings/cluster-audit.ts';
import { auditClusters, type ClusterAuditOutput, type ClusterAuditPorts } from './audit-clusters.ts';

/** Enough to answer after what is under way is aborted. */
const abortMilliseconds = 5_000;

export function createClusterAudit(
  settings: ClusterAuditSettings,
  ports: Omit<ClusterAuditPorts, 'log'> & { log: LambdaLog },
) {
  return middy<unknown, ClusterAuditOutput>({ timeoutEarlyInMillis: abortMilliseconds })
    .before(({ context }) => ports.log.begin(context))
    .onError(({ error }) => ports.log.error('audit failed', { error }))
    .handler(async (_event, _context, { signal }) => auditClusters(settings, ports, signal));
}
