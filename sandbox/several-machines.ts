import { TaskError } from './execution/task-error.ts';
import type { StateMachineEngine } from './state-machine.ts';

/** State machines by their ARN, as the one service that an account has. */
export function severalMachines(machines: Readonly<Record<string, StateMachineEngine>>): StateMachineEngine {
  const all = Object.values(machines);
  return {
    start: (name, stateMachineArn, input) => {
      const machine = machines[stateMachineArn];
      if (!machine) throw new TaskError('StateMachineDoesNotExist', `no state machine ${stateMachineArn}`);
      return machine.start(name, stateMachineArn, input);
    },
    describe: (executionArn) => all.map((machine) => machine.describe(executionArn)).find(Boolean),
    /** In the order in which they were started. */
    list: () => all.flatMap((machine) => machine.list()).sort((a, b) => a.startedAt - b.startedAt),
    ended: async (executionArn) => {
      const machine = all.find((each) => each.describe(executionArn));
      if (!machine) throw new Error(`no execution ${executionArn}`);
      return machine.ended(executionArn);
    },
    idle: async () => {
      while (all.some((machine) => machine.list().some(({ status }) => status === 'RUNNING'))) {
        await Promise.all(all.map((machine) => machine.idle()));
      }
    },
    stop: async () => {
      await Promise.all(all.map((machine) => machine.stop()));
    },
  };
}
