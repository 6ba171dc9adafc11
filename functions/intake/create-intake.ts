import middy from '@middy/core';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import type { LambdaLog } from '../../shared/adapters/log.ts';
import type { MetricsPort } from '../../shared/ports.ts';
import type { IntakeSettings } from '../../shared/settings/intake.ts';
import { answer } from './answer.ts';
import { openInvocation } from './deliveries.ts';
import { noteOutcome } from './note-outcome.ts';
import { type IntakePorts, takeDelivery } from './take-delivery.ts';

interface Ports extends IntakePorts {
  log: LambdaLog;
  metrics: MetricsPort<'intake'>;
}

/** Enough to write the last lines and answer after the calls in flight are aborted. */
const reserveMilliseconds = 1_000;

export function createIntake(settings: IntakeSettings, ports: Ports) {
  return middy<unknown, SQSBatchResponse | undefined>({ timeoutEarlyInMillis: reserveMilliseconds })
    .before(({ context }) => ports.log.begin(context))
    .handler(async (event, context, { signal }) => {
      const ours = { ...settings, ...placeOf(context, settings) };
      const taken = await Promise.all(
        openInvocation(event).map(async (delivery) => {
          const outcomes = await takeDelivery(delivery, ours, signal, ports);
          for (const outcome of outcomes) noteOutcome(delivery, outcome, ports);
          return { delivery, outcomes };
        }),
      );
      return answer(taken);
    });
}

/** The account can be set, for a sandbox; the region is the one that the function runs in. */
function placeOf({ invokedFunctionArn: arn }: Context, settings: Pick<IntakeSettings, 'account'>) {
  const [, , , region, own] = arn.split(':');
  const account = settings.account ?? own;
  if (!account) throw new Error(`no account in the function's ARN ${arn}, and ENL_ACCOUNT is not set`);
  if (!region) throw new Error(`no region in the function's ARN ${arn}`);
  return { account, region };
}
