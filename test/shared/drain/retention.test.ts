import { describe, expect, it } from 'vitest';
import { budget, createWorld, deployment } from './drain-world.ts';

const abandoning = async (retainsAbandoned: boolean, onDeadline: 'abandon' | 'continue' = 'abandon') => {
  const world = createWorld({ retainsAbandoned, policy: { deadlineSeconds: 200, onDeadline } });
  await world.fill(deployment('db', 1), budget('db', { maxUnavailable: 0 }));
  return { world, done: await world.drain(world.terminate()) };
};

describe('a group that retains an instance whose termination is abandoned', () => {
  it('is never told to abandon: the hook is completed with CONTINUE, and end, report and timeline say why', async () => {
    const { world, done } = await abandoning(true);
    expect(done.end).toMatchObject({ reason: 'deadline', completion: 'CONTINUE', alarm: true });
    expect(done.end.text).toMatch(/pods left.*; completed with CONTINUE: the group retains an instance/);
    expect(world.completions).toMatchObject([{ result: 'CONTINUE', answer: 'accepted' }]);
    expect(world.report().end).toEqual(done.end);
    expect(world.what().filter((what) => what === 'not-abandoned')).toHaveLength(1);
  });

  it('is told of its policy only when something was to be abandoned', async () => {
    const { world, done } = await abandoning(true, 'continue');
    expect(done.end).toMatchObject({ reason: 'deadline', completion: 'CONTINUE' });
    expect(done.end.text).not.toContain('retains');
    expect(world.what()).not.toContain('not-abandoned');
  });
});

it('a group that ends it all the same is told to abandon, as the policy says', async () => {
  const { world, done } = await abandoning(false);
  expect(done.end).toMatchObject({ reason: 'deadline', completion: 'ABANDON' });
  expect(world.completions).toMatchObject([{ result: 'ABANDON' }]);
  expect(world.what()).not.toContain('not-abandoned');
});
