import * as z from 'zod/mini';
import { parse } from '../parse.ts';
import { ignored, type Reading } from '../reading.ts';
import { accountId } from './fields.ts';
import { hookAction, hookFields } from './hook-fields.ts';
import { testNotification } from './test-notification.ts';

const shape = z.extend(hookFields, { AccountId: accountId });
const signs = ['LifecycleTransition', 'LifecycleActionToken', 'LifecycleHookName', 'EC2InstanceId'];

/** A message that Auto Scaling itself sent to a topic or a queue. It names no region: the topic or the queue does. */
export function readScalingMessage(message: Readonly<Record<string, unknown>>, region: string): Reading {
  const test = testNotification(message);
  if (test) return test;
  if (isNotification(message.Event) && message.LifecycleTransition === undefined) {
    return ignored('scaling-notification', 'a notification of the group, which pauses no instance');
  }
  if (!signs.some((sign) => sign in message) && message.Service !== 'AWS Auto Scaling') {
    return ignored('unknown-message', 'not a message of Auto Scaling');
  }
  const parsed = parse(shape, message);
  if ('problem' in parsed) return parsed.problem;
  return { found: 'actions', actions: [hookAction(parsed.data, { account: parsed.data.AccountId, region })] };
}

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-sns-notifications.html */
const isNotification = (event: unknown) => typeof event === 'string' && event.startsWith('autoscaling:EC2_INSTANCE_');
