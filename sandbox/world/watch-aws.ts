import { realClock } from '../../shared/adapters/real-clock.ts';
import type { Observer } from './observation.ts';
import type { World } from './open-world.ts';

const everyMs = 50;

/** Tells what AWS is asked and what becomes of the instance: `look` does so once, `watch` until the signal aborts. */
export function watchAws({ aws, action }: World, observe: Observer) {
  let told = 0;
  let state: string | undefined;

  const look = () => {
    const news = aws.calls.slice(told);
    for (const call of news) observe({ at: call.at, from: 'aws', call });
    told += news.length;
    const lifecycleState = aws.scaling.instance(action.instanceId)?.lifecycleState;
    if (lifecycleState === state || lifecycleState === undefined) return;
    state = lifecycleState;
    observe({ at: news.at(-1)?.at ?? Date.now(), from: 'auto-scaling', lifecycleState });
  };

  const watch = async (signal: AbortSignal) => {
    while (!signal.aborted) {
      look();
      await realClock.sleep(everyMs, signal);
    }
  };

  return { look, watch };
}
