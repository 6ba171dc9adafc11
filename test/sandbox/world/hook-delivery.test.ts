import { describe, expect, it } from 'vitest';
import { openInvocation } from '../../../functions/intake/deliveries.ts';
import { readMessage } from '../../../functions/intake/read-message.ts';
import { createScalingGroups } from '../../../sandbox/aws/scaling-groups.ts';
import { createManualClock } from '../../../sandbox/clock.ts';
import { readEvent } from '../../../sandbox/world/delivered-event.ts';
import { hookEvent } from '../../../sandbox/world/hook-delivery.ts';

const place = { topicArn: 'arn:aws:sns:us-east-1:123456789012:hooks', region: 'us-east-1' };

function start() {
  const scaling = createScalingGroups({ clock: createManualClock(Date.UTC(2026, 0, 31)), account: '123456789012' });
  const hook = { heartbeatSeconds: 300, defaultResult: 'CONTINUE' as const, metadata: '{"cluster":"prod"}' };
  const hooks = [
    { ...hook, name: 'join', transition: 'launch' as const },
    { ...hook, name: 'drain' },
  ];
  scaling.addGroup({ name: 'workers', tags: {}, hooks });
  scaling.addInstance('workers', 'i-0123456789abcdef0');
  return scaling;
}

function actionIn(event: unknown) {
  const [delivery] = openInvocation(event);
  if (!delivery || !('message' in delivery.content)) throw new Error('no message');
  const reading = readMessage(delivery.content.message);
  return reading.found === 'actions' ? reading.actions[0] : reading;
}

const keysOf = (value: unknown) => Object.keys(value as object).sort();

describe('what the sandbox delivers', () => {
  it.each([
    ['a launch into the pool', { kind: 'launch', hookName: 'join', origin: 'EC2', destination: 'WarmPool' }],
    ['a termination', { kind: 'terminate', hookName: 'drain' }],
  ] as const)('is one action over SNS and EventBridge: %s', (_, expected) => {
    const scaling = start();
    const [notification] =
      expected.kind === 'launch'
        ? scaling.launchInstance('workers', { destination: 'WarmPool', newToken: () => 'token' })
        : scaling.terminateInstance('i-0123456789abcdef0', () => 'token');
    if (!notification) throw new Error('no notification');
    const bySns = actionIn(hookEvent(notification, 'sns', place));
    expect(bySns).toMatchObject({ ...expected, token: 'token', groupName: 'workers', metadata: '{"cluster":"prod"}' });
    expect(actionIn(hookEvent(notification, 'eventbridge', place))).toEqual(bySns);
  });

  it('has the shape of what AWS sends', () => {
    const [notification] = start().terminateInstance('i-0123456789abcdef0');
    if (!notification) throw new Error('no notification');
    expect(keysOf(hookEvent(notification, 'eventbridge', place))).toEqual(
      keysOf(readEvent('eventbridge-terminate.json')),
    );
    const messageOf = (event: unknown) =>
      JSON.parse((event as { Records: [{ Sns: { Message: string } }] }).Records[0].Sns.Message);
    expect(keysOf(messageOf(hookEvent(notification, 'sns', place)))).toEqual(
      keysOf({ ...messageOf(readEvent('sns-terminate.json')), NotificationMetadata: '' }),
    );
  });
});
