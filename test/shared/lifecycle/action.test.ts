import { expect, it } from 'vitest';
import { isHookAction } from '../../../shared/lifecycle/action.ts';
import { anAction } from './builders.ts';

const base = { version: 1, account: '123456789012', region: 'us-east-1', instanceId: 'i-05629ab7d9287e205' } as const;

it('a hook’s action waits to be completed, a notice does not', () => {
  expect([anAction(), anAction({ kind: 'launch' })].map(isHookAction)).toEqual([true, true]);
  expect(isHookAction({ ...base, kind: 'spot-interruption', noticeId: 'one' })).toBe(false);
});
