import middy from '@middy/core';
import type { LambdaLog } from '../../shared/adapters/log.ts';
import type { SubnetAuditSettings } from '../../shared/settings/subnet-audit.ts';
import { auditSubnets, type SubnetAuditOutput, type SubnetAuditPorts } from './audit-subnets.ts';

/** Enough to answer after what is under way is aborted. */
const abortMilliseconds = 5_000;

export function createSubnetAudit(
  settings: Pick<SubnetAuditSettings, 'clusterNames'>,
  ports: Omit<SubnetAuditPorts, 'log'> & { log: LambdaLog },
) {
  return middy<unknown, SubnetAuditOutput>({ timeoutEarlyInMillis: abortMilliseconds })
    .before(({ context }) => ports.log.begin(context))
    .onError(({ error }) => ports.log.error('audit failed', { error }))
    .handler(async (_event, _context, { signal }) => auditSubnets(settings, ports, signal));
}
