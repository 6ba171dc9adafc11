import middy from '@middy/core';
import type { LambdaLog } from '../../shared/adapters/log.ts';
import type { AuditLogPorts, AuditLogWishes } from './audit-log-ports.ts';
import { type AuditLogOutput, auditLogTick } from './audit-log-tick.ts';
import { readAuditLogInput } from './read-input.ts';

/** Enough to stop queries and answer after what is under way is aborted. */
const abortMilliseconds = 10_000;
/** A tick does nothing new in its last moments. */
const wrapUpMilliseconds = 30_000;

export function createAuditLog(wishes: AuditLogWishes, ports: Omit<AuditLogPorts, 'log'> & { log: LambdaLog }) {
  return middy<unknown, AuditLogOutput>({ timeoutEarlyInMillis: abortMilliseconds })
    .before(({ context, event }) => ports.log.begin(context, idsIn(event)))
    .onError(({ error }) => ports.log.error('audit failed', { error }))
    .handler(async (event, context, { signal }) => {
      const endsAt = ports.clock.now() + context.getRemainingTimeInMillis() - wrapUpMilliseconds;
      const run = { ...readAuditLogInput(event), where: placeOf(context.invokedFunctionArn) };
      return auditLogTick(run, wishes, ports, { endsAt, signal });
    });
}

/** `arn:aws:lambda:eu-west-1:123456789012:function:name` */
function placeOf(functionArn: string) {
  const [, partition = '', , region = '', account = ''] = functionArn.split(':');
  return { partition, region, account };
}

function idsIn(event: unknown): { execution: string | undefined } {
  const { execution } = (event ?? {}) as { execution?: unknown };
  return { execution: typeof execution === 'string' ? execution : undefined };
}
