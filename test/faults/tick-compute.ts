import type { ComputePort } from '../../shared/ports.ts';
import type { Tick } from './tick.ts';
import type { World } from './world.ts';

/** EC2 as one tick reaches it. What a notice says of the instance is true or not for the tick of that notice alone. */
export function tickCompute(world: World, tick: Tick): ComputePort {
  const { clock, scalingFaults } = world;
  const { notice } = tick.drain;

  /** The network is that of Auto Scaling: what breaks the one breaks the other. */
  async function call<T>(perform: () => T): Promise<T> {
    await tick.standStill();
    const effect = scalingFaults.take('describeInstance', clock.now());
    if (effect?.do === 'kill') tick.kill();
    if (!effect || effect.do === 'latency' || effect.do === 'freeze') return tick.pass(Promise.resolve(perform()));
    tick.excused = true;
    return tick.pass(Promise.reject(new Error('describing the instance: ECONNRESET')));
  }

  return {
    instanceState: async (id) => ec2StateOf(world, id),
    instanceFacts: (id) =>
      call(() => {
        const state = ec2StateOf(world, id);
        const isFalse = notice?.kind === 'state-change' && !notice.isTrue;
        return state === undefined ? undefined : { state: isFalse ? 'running' : state, isSpot: notice?.isTrue ?? true };
      }),
    scheduledEvents: () => call(() => (notice?.isTrue ? ['instance-retirement'] : [])),
  };
}

export function ec2StateOf({ ec2, scaling }: World, instanceId: string): string | undefined {
  return ec2.get(instanceId) ?? scaling.instance(instanceId)?.ec2State;
}
