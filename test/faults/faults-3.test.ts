import { expect, test } from 'vitest';
import { checkShard } from './check-shard.ts';

test('no fault breaks an invariant of the drain (3 of 4)', { timeout: 300_000 }, async () => {
  expect(await checkShard(3)).toBeUndefined();
});
