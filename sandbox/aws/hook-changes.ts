import type { Clock } from '../../shared/ports.ts';
import { AwsError } from './aws-error.ts';
import { activeActions, type SandboxHook } from './lifecycle.ts';
import type { ActionKey, ScalingRegistry } from './scaling-registry.ts';

/** The hooks of a group may be changed while instances wait for them. */
export function hookChanges({
  registry: { groupNamed, instances },
  clock,
  complete,
}: {
  registry: Pick<ScalingRegistry, 'groupNamed' | 'instances'>;
  clock: Clock;
  complete: (key: ActionKey, result: 'CONTINUE' | 'ABANDON') => void;
}) {
  return {
    /** In the place of one with its name; what waits already waits for that one as it was. */
    putHook(groupName: string, hook: SandboxHook): void {
      const { hooks } = groupNamed(groupName);
      const at = hooks.findIndex(({ name }) => name === hook.name);
      hooks.splice(at < 0 ? hooks.length : at, 1, hook);
    },

    /** What waits is completed first. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DeleteLifecycleHook.html */
    deleteHook(groupName: string, hookName: string): void {
      const { hooks } = groupNamed(groupName);
      const at = hooks.findIndex(({ name }) => name === hookName);
      if (at < 0) throw new AwsError(400, 'ValidationError', `No lifecycle hook ${hookName} found for ${groupName}`);
      const result = hooks[at]?.transition === 'launch' ? 'ABANDON' : 'CONTINUE';
      for (const instance of [...instances.values()]) {
        if (instance.groupName !== groupName) continue;
        const waiting = activeActions(instance, clock.now()).filter(({ hook }) => hook.name === hookName);
        for (const { token } of waiting) complete({ groupName, hookName, token }, result);
      }
      hooks.splice(at, 1);
    },
  };
}
