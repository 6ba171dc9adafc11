import { autoScalingPort } from '../../sandbox/aws/auto-scaling-port.ts';
import type { AutoScalingPort } from '../../shared/ports.ts';
import type { CallEffect, ScalingCall } from './event.ts';
import type { Onlooker, Stage } from './stage.ts';
import type { Process } from './tick.ts';

/** Auto Scaling as one tick reaches it. A throttled call comes as an error: the port's own retries are over then. */
export function tickScaling<P extends Process>(
  stage: Stage,
  tick: P,
  looksOn: Pick<Onlooker<P>, 'scaled'>,
): AutoScalingPort {
  const { clock, scalingFaults, states } = stage;
  const model = autoScalingPort(stage.scaling);

  async function call<T>(
    operation: Exclude<ScalingCall, 'anything'>,
    perform: () => Promise<T>,
    signal: AbortSignal,
    given?: 'CONTINUE' | 'ABANDON',
  ): Promise<T> {
    await tick.standStill();
    signal.throwIfAborted();
    const effect = scalingFaults.take(operation, clock.now());
    if (effect?.do === 'latency') await tick.pass(clock.sleep(effect.seconds * 1000, signal));
    if (effect && 'effect' in effect && effect.effect === 'before') return tick.pass(instead(effect, operation));
    const result = await perform();
    looksOn.scaled({ at: clock.now(), tick, operation, result, ...(given ? { given } : {}) });
    if (effect && 'effect' in effect) return tick.pass(instead(effect, operation));
    if (effect?.do === 'freeze') tick.frozenUntil = clock.now() + effect.seconds * 1000;
    if (stage.scenario.networkMilliseconds > 0)
      await clock.sleep(stage.network() * stage.scenario.networkMilliseconds, stage.never);
    await tick.standStill();
    return result;
  }

  async function instead(effect: CallEffect, operation: string): Promise<never> {
    if (effect.do === 'kill') tick.kill();
    tick.excused = true;
    throw new Error(
      `${operation}: ${effect.do === 'answer' ? `HTTP ${effect.status} Throttling: Rate exceeded` : 'ECONNRESET'}`,
    );
  }

  return {
    describeInstance: (id, signal) =>
      call(
        'describeInstance',
        async () => {
          const instance = await model.describeInstance(id, signal);
          const state = states.get(id);
          return instance && state !== undefined ? { ...instance, lifecycleState: state } : instance;
        },
        signal,
      ),
    describeGroup: (name, signal) => call('describeGroup', () => model.describeGroup(name, signal), signal),
    describeHook: (group, hook, signal) => call('describeHook', () => model.describeHook(group, hook, signal), signal),
    describeHooks: (group, signal) => call('describeHook', () => model.describeHooks(group, signal), signal),
    completeAction: (action, result, signal) =>
      call('completeAction', () => model.completeAction(action, result, signal), signal, result),
    recordHeartbeat: (action, signal) => call('recordHeartbeat', () => model.recordHeartbeat(action, signal), signal),
  };
}
