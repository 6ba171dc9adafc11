import { expect, it } from 'vitest';
import { fewAtOnce } from '../../../shared/hooks/few-at-once.ts';

it('asks a few at a time and answers in the order of the questions', async () => {
  let [underWay, most] = [0, 0];
  const answers = await fewAtOnce(3, [5, 1, 4, 2, 3], async (question) => {
    most = Math.max(most, ++underWay);
    for (let at = 0; at < question; at++) await Promise.resolve();
    underWay -= 1;
    return question * 10;
  });
  expect([answers, most]).toEqual([[50, 10, 40, 20, 30], 3]);
});

it('rejects with the first failure, asks no more after it, and takes no questions at all', async () => {
  const asked: number[] = [];
  const all = fewAtOnce(2, [1, 2, 3, 4, 5], async (question) => {
    asked.push(question);
    if (question === 2) throw new Error('two');
    await new Promise((resolve) => setImmediate(resolve));
  });
  await expect(all).rejects.toThrow('two');
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toEqual([1, 2]);
  expect(await fewAtOnce(4, [], async () => 1)).toEqual([]);
});
