import type { Clock } from '../../shared/ports.ts';
import { AwsError } from './aws-error.ts';
import type { SandboxSource } from './launch-source.ts';
import { activeActions, type SandboxAction, type SandboxHook, type SandboxInstance } from './lifecycle.ts';

export interface SandboxGroup {
  name: string;
  tags: Record<string, string>;
  hooks: SandboxHook[];
  /** `InstanceLifecyclePolicy`: what a terminate hook abandons is kept. Default no. */
  retainsAbandoned?: boolean;
  min?: number;
  max?: number;
  /** Auto Scaling keeps so many instances in the group; undefined: it has those that it was given. */
  desired?: number;
  /** What it launches from. */
  launches?: SandboxSource;
  /** Of a mixed instances policy. */
  overrides?: { type: string; from?: SandboxSource }[];
  zones?: string[];
  suspended?: string[];
  warmPool?: { size: number; reuses: boolean };
  refreshes?: { id: string; status: string }[];
}

export interface ActionKey {
  groupName: string;
  hookName: string;
  token?: string | undefined;
  instanceId?: string | undefined;
}

export type ScalingRegistry = ReturnType<typeof createScalingRegistry>;

/** What there is in Auto Scaling; what there is not is refused in its own words, with an AwsError. */
export function createScalingRegistry({ clock }: { clock: Clock }) {
  const groups = new Map<string, SandboxGroup>();
  const instances = new Map<string, SandboxInstance>();

  const groupNamed = (name: string) => {
    const group = groups.get(name);
    if (!group) throw invalid(`AutoScalingGroup name not found - AutoScalingGroup ${name} not found`);
    return group;
  };

  return {
    groups,
    instances,
    groupNamed,

    instanceNamed(id: string): SandboxInstance {
      const instance = instances.get(id);
      if (!instance) throw invalid(`Instance Id not found - No managed instance found for instance ID: ${id}`);
      return instance;
    },

    /** The instance that this action pauses. */
    paused({ groupName, hookName, token, instanceId }: ActionKey): {
      instance: SandboxInstance;
      action: SandboxAction;
    } {
      groupNamed(groupName);
      for (const instance of instances.values()) {
        if (instance.groupName !== groupName || instance.id !== (instanceId ?? instance.id)) continue;
        const action = activeActions(instance, clock.now()).find(
          (active) => active.hook.name === hookName && active.token === (token ?? active.token),
        );
        if (action) return { instance, action };
      }
      const key = token ? `token ${token}` : `instance ID ${instanceId}`;
      throw invalid(`No active Lifecycle Action found with ${key}`);
    },
  };
}

function invalid(message: string): AwsError {
  return new AwsError(400, 'ValidationError', message);
}
