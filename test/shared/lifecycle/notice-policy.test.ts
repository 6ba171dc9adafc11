import { expect, it } from 'vitest';
import { defaultNoticePolicy } from '../../../shared/lifecycle/notice-policy.ts';

it('by default nothing is done that an instance which stays would have to pay for', () => {
  expect(defaultNoticePolicy).toEqual({
    rebalance: 'off',
    scheduledChange: 'warn',
    stateChangeSeconds: 60,
    spotReserveSeconds: 5,
  });
});
