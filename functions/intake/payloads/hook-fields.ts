import * as z from 'zod/mini';
import type { HookAction } from '../../../shared/lifecycle/action.ts';
import { brief } from '../parse.ts';
import { filled, instanceId } from './fields.ts';

const place = z.enum(['EC2', 'AutoScalingGroup', 'WarmPool']);
const kinds = {
  'autoscaling:EC2_INSTANCE_TERMINATING': 'terminate',
  'autoscaling:EC2_INSTANCE_LAUNCHING': 'launch',
} as const;
type Transition = keyof typeof kinds;

/** What a lifecycle hook says, in a message to SNS or SQS as in the detail of an event. */
export const hookFields = z.object({
  LifecycleTransition: z.enum(Object.keys(kinds) as [Transition, ...Transition[]], {
    error: ({ input }) => (typeof input === 'string' ? `unknown transition ${brief(input)}` : undefined),
  }),
  LifecycleActionToken: filled,
  LifecycleHookName: filled,
  AutoScalingGroupName: filled,
  EC2InstanceId: instanceId,
  Origin: z.optional(place),
  Destination: z.optional(place),
  NotificationMetadata: z.optional(z.string()),
});

/**
 * The ordinary route is left out: messages to SNS name it, EventBridge does so only for groups with a warm pool, and the two
 * deliveries must give one action. https://docs.aws.amazon.com/autoscaling/ec2/userguide/warm-pools-eventbridge-events.html
 */
export function hookAction(
  fields: z.output<typeof hookFields>,
  place: { account: string; region: string },
): HookAction {
  const { Origin, Destination, NotificationMetadata } = fields;
  const kind = kinds[fields.LifecycleTransition];
  const ordinary = kind === 'terminate' ? 'AutoScalingGroup to EC2' : 'EC2 to AutoScalingGroup';
  const unusual = `${Origin} to ${Destination}` !== ordinary;
  return {
    version: 1,
    kind,
    account: place.account,
    region: place.region,
    instanceId: fields.EC2InstanceId,
    groupName: fields.AutoScalingGroupName,
    hookName: fields.LifecycleHookName,
    token: fields.LifecycleActionToken,
    ...(unusual && Origin ? { origin: Origin } : {}),
    ...(unusual && Destination ? { destination: Destination } : {}),
    ...(NotificationMetadata === undefined ? {} : { metadata: NotificationMetadata }),
  };
}
