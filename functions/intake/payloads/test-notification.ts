import { type Ignored, ignored } from '../reading.ts';

const test = 'autoscaling:TEST_NOTIFICATION';

/**
 * What Auto Scaling sends when a hook or a notification is set up. Most carry it in `Event` alone, some repeat it as a transition,
 * even beside an instance id and a token, so this is asked before anything else is read.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/prepare-for-lifecycle-notifications.html
 */
export function testNotification(fields: Readonly<Record<string, unknown>>): Ignored | undefined {
  if (fields.Event !== test && fields.LifecycleTransition !== test) return undefined;
  return ignored('test-notification', 'Auto Scaling only tried whether its messages arrive');
}
