import { realClock } from '../../shared/adapters/real-clock.ts';
import type { AwsCall } from '../aws/aws-sandbox.ts';
import type { Observer } from './observation.ts';
import type { World } from './open-world.ts';
import { watchTargets } from './watch-targets.ts';

const everyMs = 50;

/** Tells what AWS is asked and what becomes of the instances: `look` does so once, `watch` until the signal aborts. */
export function watchAws({ aws }: Pick<World, 'aws'>, observe: Observer) {
  let told = 0;
  const states = new Map<string, string>();
  const lookAtTargets = watchTargets(aws.balancing, observe);

  const transitionOf = ({ input }: AwsCall) =>
    aws.scaling.group(String(input.AutoScalingGroupName))?.hooks.find(({ name }) => name === input.LifecycleHookName)
      ?.transition;

  const look = () => {
    const news = aws.calls.slice(told);
    for (const call of news) {
      const transition = transitionOf(call);
      observe({ at: call.at, from: 'aws', call, ...(transition && { transition }) });
    }
    told += news.length;
    for (const instanceId of aws.scaling.instanceIds()) {
      const lifecycleState = aws.scaling.instance(instanceId)?.lifecycleState;
      if (lifecycleState === undefined || lifecycleState === states.get(instanceId)) continue;
      states.set(instanceId, lifecycleState);
      observe({ at: news.at(-1)?.at ?? Date.now(), from: 'auto-scaling', instanceId, lifecycleState });
    }
    lookAtTargets();
  };

  const watch = async (signal: AbortSignal) => {
    while (!signal.aborted) {
      look();
      await realClock.sleep(everyMs, signal);
    }
  };

  return { look, watch };
}
