import { expect, test } from 'vitest';
import { checkLaunches } from './check-shard.ts';

test('no fault breaks an invariant of the launch', { timeout: 300_000 }, async () => {
  expect(await checkLaunches()).toBeUndefined();
});
