import middy from '@middy/core';
import type { LambdaLog } from '../../shared/adapters/log.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import type { LaunchPorts } from '../../shared/launch/launch-ports.ts';
import { launchTick } from '../../shared/launch/launch-tick.ts';
import type { LaunchOutput } from '../../shared/lifecycle/launch.ts';
import type { LaunchFunctionSettings } from '../../shared/settings/launch.ts';
import { idsIn } from '../tick-input.ts';
import { readLaunchInput } from './read-input.ts';

/** A tick starts nothing new in its last moments: what it has begun is one call of AWS or of the cluster, with all its attempts. */
const wrapUpMilliseconds = 120_000;
/** Enough to answer after what is under way is aborted. */
const abortMilliseconds = 5_000;

export function createLaunch(
  settings: LaunchFunctionSettings,
  ports: Omit<LaunchPorts, 'log' | 'clock'> & { log: LambdaLog },
) {
  const { hookNames, topicArns, requireTag, clusterName, policy } = settings;
  return middy<unknown, LaunchOutput>({ timeoutEarlyInMillis: abortMilliseconds })
    .before(({ context, event }) => ports.log.begin(context, idsIn(event)))
    .onError(({ error }) => ports.log.error('tick failed', { error }))
    .handler(async (event, context, { signal }) => {
      const endsAt = realClock.now() + context.getRemainingTimeInMillis() - wrapUpMilliseconds;
      const tick = { ours: { hookNames, topicArns, requireTag }, clusterName, policy };
      return launchTick(readLaunchInput(event), tick, { ...ports, clock: realClock }, { endsAt, signal });
    });
}
