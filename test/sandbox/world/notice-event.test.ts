import { expect, it } from 'vitest';
import { readMessage } from '../../../functions/intake/read-message.ts';
import {
  rebalanceRecommendation,
  scheduledRetirement,
  spotInterruption,
  stateChange,
} from '../../../sandbox/world/notice-event.ts';

const place = { account: '123456789012', region: 'eu-west-1' };
const id = 'i-0123456789abcdef0';
const at = Date.UTC(2026, 2, 28, 0, 12, 37, 400);
const second = '2026-03-28T00:12:37.000Z';

it.each([
  [
    'a spot interruption',
    spotInterruption(id, at, place),
    { kind: 'spot-interruption', detail: 'terminate', at: second },
  ],
  ['a rebalance recommendation', rebalanceRecommendation(id, at, place), { kind: 'rebalance' }],
  ['a stop', stateChange(id, 'stopping', at, place), { kind: 'state-change', detail: 'stopping', at: second }],
  ['an end', stateChange(id, 'shutting-down', at, place), { kind: 'state-change', detail: 'shutting-down' }],
  [
    'a retirement',
    scheduledRetirement(id, at + 3_600_000, at, place),
    {
      kind: 'scheduled-change',
      detail: 'AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED',
      at: '2026-03-28T01:12:37.000Z',
    },
  ],
])('the intake reads %s of the sandbox as the notice that it is', (_, payload, notice) => {
  expect(readMessage({ payload, topicArn: undefined, region: undefined })).toEqual({
    found: 'actions',
    actions: [expect.objectContaining({ version: 1, instanceId: id, ...place, ...notice })],
  });
});

it('two notices of one kind are two', () => {
  const [one, other] = [rebalanceRecommendation(id, at, place), rebalanceRecommendation(id, at, place)];
  expect(one).not.toEqual(other);
});
