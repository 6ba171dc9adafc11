import { randomUUID } from 'node:crypto';
import type { Clock } from '../../shared/ports.ts';
import { AwsError } from './aws-error.ts';
import { activeActions, type InstanceState, type SandboxHook, type SandboxInstance, stateAt } from './lifecycle.ts';

export interface SandboxGroup {
  name: string;
  tags: Record<string, string>;
  hooks: SandboxHook[];
}

/** What Auto Scaling sends to a hook's notification target. */
export interface LifecycleNotification {
  LifecycleHookName: string;
  AccountId: string;
  RequestId: string;
  LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING';
  AutoScalingGroupName: string;
  Service: 'AWS Auto Scaling';
  Time: string;
  EC2InstanceId: string;
  LifecycleActionToken: string;
  NotificationMetadata?: string;
  Origin: 'AutoScalingGroup';
  Destination: 'EC2';
}

export interface ActionKey {
  groupName: string;
  hookName: string;
  token?: string | undefined;
  instanceId?: string | undefined;
}

export type ScalingGroups = ReturnType<typeof createScalingGroups>;

/** Groups, their instances and their terminate hooks, on the given clock. Refuses as Auto Scaling does, with an AwsError. */
export function createScalingGroups({ clock, account }: { clock: Clock; account: string }) {
  const groups = new Map<string, SandboxGroup>();
  const instances = new Map<string, SandboxInstance>();

  const groupNamed = (name: string) => {
    const group = groups.get(name);
    if (!group) throw invalid(`AutoScalingGroup name not found - AutoScalingGroup ${name} not found`);
    return group;
  };
  const instanceNamed = (id: string) => {
    const instance = instances.get(id);
    if (!instance) throw invalid(`Instance Id not found - No managed instance found for instance ID: ${id}`);
    return instance;
  };
  const activeAction = ({ groupName, hookName, token, instanceId }: ActionKey) => {
    groupNamed(groupName);
    const action = [...instances.values()]
      .filter((instance) => instance.groupName === groupName && instance.id === (instanceId ?? instance.id))
      .flatMap((instance) => activeActions(instance, clock.now()))
      .find((active) => active.hook.name === hookName && active.token === (token ?? active.token));
    if (action) return action;
    const key = token ? `token ${token}` : `instance ID ${instanceId}`;
    throw invalid(`No active Lifecycle Action found with ${key}`);
  };

  return {
    addGroup(group: SandboxGroup): void {
      groups.set(group.name, group);
    },

    addInstance(groupName: string, id: string): void {
      instances.set(id, { id, groupName: groupNamed(groupName).name });
    },

    /** Pauses the instance in `Terminating:Wait`; one notification for each hook of its group, each with its own token. */
    terminateInstance(id: string, newToken: () => string = randomUUID): LifecycleNotification[] {
      const instance = instanceNamed(id);
      const group = groupNamed(instance.groupName);
      const startedAt = clock.now();
      const actions = group.hooks.map((hook) => ({ hook, token: newToken(), startedAt, heartbeatAt: startedAt }));
      instance.terminating = { startedAt, actions };
      return actions.map(({ hook, token }) => ({
        Origin: 'AutoScalingGroup',
        LifecycleHookName: hook.name,
        Destination: 'EC2',
        AccountId: account,
        RequestId: randomUUID(),
        LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
        AutoScalingGroupName: group.name,
        Service: 'AWS Auto Scaling',
        Time: new Date(startedAt).toISOString(),
        EC2InstanceId: id,
        LifecycleActionToken: token,
        ...(hook.metadata !== undefined && { NotificationMetadata: hook.metadata }),
      }));
    },

    completeAction(key: ActionKey, result: 'CONTINUE' | 'ABANDON'): void {
      activeAction(key).completed = { result, at: clock.now() };
    },

    recordHeartbeat(key: ActionKey): void {
      activeAction(key).heartbeatAt = clock.now();
    },

    group: (name: string) => groups.get(name),
    hooksOf: (groupName: string) => groupNamed(groupName).hooks,

    /** Undefined: there never was such an instance. */
    instance(id: string): (SandboxInstance & InstanceState) | undefined {
      const instance = instances.get(id);
      return instance && { ...instance, ...stateAt(instance, clock.now()) };
    },
  };
}

function invalid(message: string): AwsError {
  return new AwsError(400, 'ValidationError', message);
}
