import { randomUUID } from 'node:crypto';
import type { LifecycleNotification } from '../aws/lifecycle-notification.ts';
import { readEvent } from './delivered-event.ts';

export type Channel = 'sns' | 'eventbridge';

/** What a function is invoked with when Auto Scaling tells of a pause; in the shape of the files of events/. */
export function hookEvent(
  notification: LifecycleNotification,
  channel: Channel,
  place: { topicArn: string; region: string },
): unknown {
  return channel === 'sns' ? snsEvent(notification, place) : eventBridgeEvent(notification, place);
}

function snsEvent(notification: LifecycleNotification, { topicArn }: { topicArn: string }): unknown {
  const event = structuredClone(readEvent('sns-terminate.json')) as { Records: [{ Sns: Record<string, unknown> }] };
  const { LifecycleTransition, EC2InstanceId, Time } = notification;
  const transition = LifecycleTransition.split('_').at(-1);
  Object.assign(event.Records[0].Sns, {
    MessageId: randomUUID(),
    TopicArn: topicArn,
    Subject: `Auto Scaling:  Lifecycle action '${transition}' for instance ${EC2InstanceId} in progress.`,
    Message: JSON.stringify(notification),
    Timestamp: Time,
  });
  return event;
}

function eventBridgeEvent(notification: LifecycleNotification, { region }: { region: string }): unknown {
  const { AccountId: account, RequestId: _, Service: __, Time: time, ...detail } = notification;
  const isLaunch = detail.LifecycleTransition === 'autoscaling:EC2_INSTANCE_LAUNCHING';
  return {
    ...(readEvent('eventbridge-warm-pool-return.json') as object),
    id: randomUUID(),
    'detail-type': `EC2 Instance-${isLaunch ? 'launch' : 'terminate'} Lifecycle Action`,
    account,
    region,
    time,
    resources: [
      `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/${detail.AutoScalingGroupName}`,
    ],
    detail,
  };
}
