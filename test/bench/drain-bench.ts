import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEvent } from '../../sandbox/world/delivered-event.ts';
import { openWorld } from '../../sandbox/world/open-world.ts';
import { defaultPolicy } from '../../shared/lifecycle/policy.ts';
import { fillNode, podsLeft } from './node-of-pods.ts';
import type { Bench } from './result.ts';

const pods = 100;
const stopSeconds = 30;

/**
 * From an SNS message to the completed hook: real handlers, real clients over HTTPS, the deployed state machine, on a node whose 100 pods
 * take 30 s to stop. The floor is the time that one pod takes; settling after the cordon is asked for and taken off.
 */
export const bench: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'enl-drain-'));
  const hook = { heartbeatSeconds: 300, defaultResult: 'CONTINUE' as const };
  const world = await openWorld({ hook, policy: defaultPolicy, folder }, () => {});
  try {
    const { aws, cluster, action } = world;
    await fillNode(cluster, action.instanceId, { pods, stopSeconds });
    aws.scaling.terminateInstance(action.instanceId, () => action.token);
    const startedAt = Date.now();
    await world.intake.invoke(readEvent('sns-terminate.json'), AbortSignal.timeout(90_000));
    await world.machine.idle();
    const completed = aws.calls.find(({ operation }) => operation === 'CompleteLifecycleAction');
    if (!completed || podsLeft(cluster) > 0) throw new Error(`the node was not drained; see ${world.logFile}`);
    const seconds = (completed.at - startedAt) / 1000;
    const { settleSeconds } = defaultPolicy;
    return [
      {
        name: 'drain: 100 pods',
        value: (seconds - settleSeconds) / stopSeconds,
        limit: 1.1,
        unit: '×',
        detail: `${seconds.toFixed(1)} s from message to completion, ${settleSeconds} s of it settling; a pod takes ${stopSeconds} s`,
      },
    ];
  } finally {
    await world.close();
    rmSync(folder, { recursive: true });
  }
};
