import { expect, it, vi } from 'vitest';
import { once } from '../../../shared/adapters/once.ts';

it('opens at the first call and shares what it opened, also while it opens', async () => {
  const open = vi.fn(async () => ({ opened: true }));
  const opened = once(open);
  expect(open).not.toHaveBeenCalled();
  const [first, second] = await Promise.all([opened(), opened()]);
  expect(second).toBe(first);
  expect(await opened()).toBe(first);
  expect(open).toHaveBeenCalledOnce();
});

it('tells everyone who waits that it failed, and opens again for the next', async () => {
  const open = vi.fn(async () => 'open').mockRejectedValueOnce(new Error('no such module'));
  const opened = once(open);
  const waiting = await Promise.allSettled([opened(), opened()]);
  expect(waiting.map((each) => each.status === 'rejected' && each.reason.message)).toEqual([
    'no such module',
    'no such module',
  ]);
  expect(open).toHaveBeenCalledOnce();
  expect(await opened()).toBe('open');
  expect(await opened()).toBe('open');
  expect(open).toHaveBeenCalledTimes(2);
});
