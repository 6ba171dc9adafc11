import type { StateMachineEngine } from './state-machine.ts';

/** A machine that is built with its first execution: most worlds start none. */
export function lazyMachine(build: () => StateMachineEngine): StateMachineEngine {
  let built: StateMachineEngine | undefined;
  const engine = () => {
    built ??= build();
    return built;
  };
  return {
    start: (...execution) => engine().start(...execution),
    describe: (executionArn) => built?.describe(executionArn),
    list: () => built?.list() ?? [],
    ended: (executionArn) => engine().ended(executionArn),
    idle: async () => built?.idle(),
    stop: async () => built?.stop(),
  };
}
