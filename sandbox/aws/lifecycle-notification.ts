import { randomUUID } from 'node:crypto';
import type { Place } from '../../shared/lifecycle/action.ts';
import type { SandboxInstance, SandboxMove } from './lifecycle.ts';

/** What Auto Scaling sends to a hook's notification target. */
export interface LifecycleNotification {
  Origin: Place;
  LifecycleHookName: string;
  Destination: Place;
  AccountId: string;
  RequestId: string;
  LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING' | 'autoscaling:EC2_INSTANCE_LAUNCHING';
  AutoScalingGroupName: string;
  Service: 'AWS Auto Scaling';
  Time: string;
  EC2InstanceId: string;
  LifecycleActionToken: string;
  NotificationMetadata?: string;
}

/** One for each hook that pauses the instance. */
export function notificationsOf(
  { id, groupName }: SandboxInstance,
  { kind, origin, destination, startedAt, actions }: SandboxMove,
  account: string,
): LifecycleNotification[] {
  return actions.map(({ hook, token }) => ({
    Origin: origin,
    LifecycleHookName: hook.name,
    Destination: destination,
    AccountId: account,
    RequestId: randomUUID(),
    LifecycleTransition:
      kind === 'launch' ? 'autoscaling:EC2_INSTANCE_LAUNCHING' : 'autoscaling:EC2_INSTANCE_TERMINATING',
    AutoScalingGroupName: groupName,
    Service: 'AWS Auto Scaling',
    Time: new Date(startedAt).toISOString(),
    EC2InstanceId: id,
    LifecycleActionToken: token,
    ...(hook.metadata !== undefined && { NotificationMetadata: hook.metadata }),
  }));
}
