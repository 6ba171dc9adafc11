import type { AutoScalingPort, Clock } from '../ports.ts';

/** Short, so that a hook that is changed or deleted is noticed soon. */
const rememberMilliseconds = 60_000;

/**
 * Asks for a group and a hook once a minute in a warm function: a fleet that goes at once shares few of them, and Auto Scaling throttles its
 * describe calls for the whole account. What is unknown is asked for each time, and so is an instance.
 */
export function rememberingAutoScaling(port: AutoScalingPort, { clock }: { clock: Clock }): AutoScalingPort {
  const group = remembered(port.describeGroup);
  const hooks = remembered(port.describeHooks);
  const hook = remembered((key, signal) => {
    const [groupName = '', hookName = ''] = JSON.parse(key) as string[];
    return port.describeHook(groupName, hookName, signal);
  });
  return {
    ...port,
    describeGroup: group,
    describeHooks: async (groupName, signal) => (await hooks(groupName, signal)) ?? [],
    describeHook: (groupName, hookName, signal) => hook(JSON.stringify([groupName, hookName]), signal),
  };

  function remembered<T>(ask: (key: string, signal: AbortSignal) => Promise<T | undefined>) {
    const known = new Map<string, { value: T; until: number }>();
    return async (key: string, signal: AbortSignal): Promise<T | undefined> => {
      const before = known.get(key);
      if (before && clock.now() < before.until) return before.value;
      const value = await ask(key, signal);
      if (value === undefined) known.delete(key);
      else known.set(key, { value, until: clock.now() + rememberMilliseconds });
      return value;
    };
  }
}
