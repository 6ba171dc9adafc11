import { expect, it } from 'vitest';
import { createManualClock } from '../../../sandbox/clock.ts';
import { createWorkQueue, REACTION_MS } from '../../../sandbox/cluster/controllers/work-queue.ts';
import { createStore } from '../../../sandbox/cluster/store.ts';

it('a work queue looks at a key once for all that was added, at the soonest time asked for', async () => {
  const clock = createManualClock(0);
  const looks: string[] = [];
  const context = { store: createStore(10), clock, signal: new AbortController().signal };
  const queue = createWorkQueue(context, (key) => looks.push(`${key} at ${clock.now()}`));
  queue.add('a', 5_000);
  for (let n = 0; n < 3; n++) queue.add('a');
  queue.add('b', 20);
  await clock.advance(10_000);
  expect(looks).toEqual([`a at ${REACTION_MS}`, 'b at 20']);
});
