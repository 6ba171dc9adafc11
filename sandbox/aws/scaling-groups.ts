import { randomBytes, randomUUID } from 'node:crypto';
import type { Place } from '../../shared/lifecycle/action.ts';
import type { Clock } from '../../shared/ports.ts';
import { capacityChanges } from './capacity.ts';
import { hookChanges } from './hook-changes.ts';
import { launchedFrom, type SandboxTemplate } from './launch-source.ts';
import { type InstanceState, type SandboxInstance, type SandboxLoss, type SandboxMove, stateAt } from './lifecycle.ts';
import { type LifecycleNotification, notificationsOf } from './lifecycle-notification.ts';
import { createActivities } from './scaling-activities.ts';
import { type ActionKey, createScalingRegistry, type SandboxGroup } from './scaling-registry.ts';

export type { LifecycleNotification } from './lifecycle-notification.ts';
export type { ActionKey, SandboxGroup } from './scaling-registry.ts';

type NewToken = () => string;

export type ScalingGroups = ReturnType<typeof createScalingGroups>;

/** Groups, their instances and their hooks, on the given clock. Refuses as Auto Scaling does, with an AwsError. */
export function createScalingGroups({ clock, account }: { clock: Clock; account: string }) {
  const templates = new Map<string, SandboxTemplate>();
  const registry = createScalingRegistry({ clock });
  const { groups, instances, groupNamed, instanceNamed, paused } = registry;
  const activities = createActivities();
  const listeners = new Set<(notification: LifecycleNotification) => void>();

  /** One notification for each hook of this kind, each with its own token. */
  const move = (
    instance: SandboxInstance,
    way: Pick<SandboxMove, 'kind' | 'origin' | 'destination'>,
    newToken: NewToken,
  ): LifecycleNotification[] => {
    const startedAt = clock.now();
    const hooks = groupNamed(instance.groupName).hooks.filter(
      ({ transition = 'terminate' }) => transition === way.kind,
    );
    const actions = hooks.map((hook) => ({ hook, token: newToken(), startedAt, heartbeatAt: startedAt }));
    const next = { ...way, startedAt, actions };
    instance.move = next;
    activities.note(instance, next);
    const notifications = notificationsOf(instance, next, account);
    for (const notification of notifications) for (const listener of listeners) listener(notification);
    return notifications;
  };

  const newInstance = (groupName: string, id: string): SandboxInstance => {
    const group = groupNamed(groupName);
    const others = [...instances.values()].filter((other) => other.groupName === groupName);
    return { id, groupName: group.name, launchedAt: clock.now(), ...launchedFrom(group, templates, others) };
  };

  const launch = (
    groupName: string,
    { id = newInstanceId(), destination = 'AutoScalingGroup', newToken = randomUUID }: LaunchOptions = {},
  ) => {
    const known = instances.get(id);
    const state = known && stateAt(known, clock.now()).lifecycleState;
    const origin: Place = state === 'Warmed:Stopped' ? 'WarmPool' : 'EC2';
    const instance = known ?? newInstance(groupName, id);
    instances.set(id, instance);
    return move(instance, { kind: 'launch', origin, destination }, newToken);
  };

  /** A launch that is abandoned is followed by that of another instance to the same place. */
  const complete = (key: ActionKey, result: 'CONTINUE' | 'ABANDON'): void => {
    const { instance, action } = paused(key);
    action.completed = { result, at: clock.now() };
    const { kind, destination } = instance.move as SandboxMove;
    if (kind !== 'launch' || result !== 'ABANDON') return;
    launch(instance.groupName, { destination: destination === 'WarmPool' ? destination : 'AutoScalingGroup' });
  };

  const terminateInstance = (
    id: string,
    newToken: NewToken = randomUUID,
    destination: 'EC2' | 'WarmPool' = 'EC2',
  ): LifecycleNotification[] => {
    const instance = instanceNamed(id);
    const warm = stateAt(instance, clock.now()).lifecycleState?.startsWith('Warmed:');
    const origin = warm ? 'WarmPool' : 'AutoScalingGroup';
    return move(instance, { kind: 'terminate', origin, destination }, newToken);
  };

  return {
    /** Launch templates by id. */
    templates,

    addGroup(group: SandboxGroup): void {
      groups.set(group.name, group);
    },

    /** Puts it into service, whatever was under way. */
    addInstance(groupName: string, id: string, details: InstanceBirth = {}): void {
      instances.set(id, { id, groupName: groupNamed(groupName).name, ...details });
    },

    /**
     * Starts an instance into the group or its warm pool, or takes one out of the pool when its id is there, and pauses it in
     * `Pending:Wait` or `Warmed:Pending:Wait` for each launch hook.
     */
    launchInstance: launch,

    /** Pauses the instance in `Terminating:Wait`, or in `Warmed:Pending:Wait` on its way back to the warm pool. */
    terminateInstance,

    /** Auto Scaling does not know of it until somebody calls `terminateInstance`, as its health checks do. */
    loseInstance(id: string, to: SandboxLoss['to']): void {
      instanceNamed(id).lost = { to, at: clock.now() };
    },

    completeAction: complete,
    ...hookChanges({ registry, clock, complete }),
    ...capacityChanges({ registry, clock, launch, terminate: terminateInstance }),

    recordHeartbeat(key: ActionKey): void {
      paused(key).action.heartbeatAt = clock.now();
    },

    /** Called with every notification as Auto Scaling sends it, whether its hook names a target or not. */
    onNotification(listener: (notification: LifecycleNotification) => void): void {
      listeners.add(listener);
    },

    groupNamed,
    groups: (): SandboxGroup[] => [...groups.values()],
    group: (name: string) => groups.get(name),
    hooksOf: (groupName: string) => groupNamed(groupName).hooks,
    activitiesOf: (groupName: string) => activities.of(groupNamed(groupName).name, clock.now()),
    instanceIds: (): string[] => [...instances.keys()],

    /** Undefined: there never was such an instance. */
    instance(id: string): (SandboxInstance & InstanceState) | undefined {
      const instance = instances.get(id);
      return instance && { ...instance, ...stateAt(instance, clock.now()) };
    },
  };
}

type InstanceBirth = Pick<SandboxInstance, 'launchedAt' | 'from' | 'zone' | 'type' | 'protectedFromScaleIn'>;

interface LaunchOptions {
  id?: string;
  destination?: 'AutoScalingGroup' | 'WarmPool';
  newToken?: NewToken;
}

const newInstanceId = () => `i-0${randomBytes(8).toString('hex')}`;
