import { expect, it } from 'vitest';
import { budget, deployment } from '../drain/drain-world.ts';
import { createManualWorld } from './manual-world.ts';

const terminate = { decrement: true };

it.each([
  ['asks Auto Scaling for its end', ['done'], 'drained', 'and keeps one less'],
  ['asks again while Auto Scaling is busy', ['busy', 'busy', 'done'], 'drained', 'and keeps one less'],
  ['says that Auto Scaling does not know it', ['gone'], 'failed', 'its instance is not ended'],
  ['says what went wrong', [new Error('AccessDenied: no')], 'failed', 'its instance is not ended: AccessDenied: no'],
] as const)('with --terminate a drained node %s', async (_, answers, outcome, text) => {
  const asked: unknown[] = [];
  const left: ('done' | 'busy' | 'gone' | Error)[] = [...answers];
  const groups = {
    async terminate(instanceId: string, options: { decrement: boolean }) {
      asked.push([instanceId, options]);
      const answer = left.shift() ?? 'done';
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const { run, nodes } = await createManualWorld(1, () => [deployment('web', 1)], { groups });
  const done = await run({ terminate });
  expect(done).toMatchObject({ outcomes: [{ outcome, end: { reason: 'drained' } }] });
  expect(done.result === 'ended' && done.outcomes[0]?.text).toContain(text);
  expect(asked).toEqual(answers.map(() => [nodes[0]?.instanceId, terminate]));
});

it('a node that is not drained keeps its instance', async () => {
  const groups = { terminate: () => Promise.reject(new Error('never asked')) };
  const { run } = await createManualWorld(1, () => [deployment('web', 1), budget('web', { maxUnavailable: 0 })], {
    groups,
  });
  const done = await run({ terminate, options: { timeoutSeconds: 60 } });
  expect(done).toMatchObject({ outcomes: [{ outcome: 'failed', end: { reason: 'deadline' } }] });
  expect(done.result === 'ended' && done.outcomes[0]?.text).not.toContain('instance');
});
