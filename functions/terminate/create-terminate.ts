import middy from '@middy/core';
import type { LambdaLog } from '../../shared/adapters/log.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import type { TickPorts } from '../../shared/drain/session.ts';
import { terminateTick } from '../../shared/drain/terminate-tick.ts';
import type { TickOutput } from '../../shared/lifecycle/tick.ts';
import type { TerminateSettings } from '../../shared/settings/terminate.ts';
import { idsIn } from '../tick-input.ts';
import { readTickInput } from './read-input.ts';

/** A tick starts nothing new in its last moments: a forced delete is some seven requests in a row, each of 15 s at most. */
const wrapUpMilliseconds = 120_000;
/** Enough to answer after what is under way is aborted. */
const abortMilliseconds = 5_000;

export function createTerminate(
  settings: TerminateSettings,
  ports: Omit<TickPorts, 'log' | 'clock'> & { log: LambdaLog },
) {
  const { hookNames, topicArns, requireTag, clusterName, policy, notices } = settings;
  return middy<unknown, TickOutput>({ timeoutEarlyInMillis: abortMilliseconds })
    .before(({ context, event }) => ports.log.begin(context, idsIn(event)))
    .onError(({ error }) => ports.log.error('tick failed', { error }))
    .handler(async (event, context, { signal }) => {
      const endsAt = realClock.now() + context.getRemainingTimeInMillis() - wrapUpMilliseconds;
      const tick = { ours: { hookNames, topicArns, requireTag }, clusterName, policy, notices };
      return terminateTick(readTickInput(event), tick, { ...ports, clock: realClock }, { endsAt, signal });
    });
}
