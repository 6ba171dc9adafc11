import type { Execution } from '../state-machine.ts';
import type { Handler } from './clocked-task.ts';

/** What a machine sees of its executions, the youngest first. https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
export function listExecutions(all: () => Iterable<Execution>): Handler {
  return async (parameters) => {
    const { StatusFilter } = parameters as { StatusFilter: string };
    const its = [...all()].filter(({ status }) => status === StatusFilter).reverse();
    return {
      Executions: its.map((each) => ({
        ExecutionArn: each.executionArn,
        Name: each.name,
        StartDate: new Date(each.startedAt).toISOString(),
        StateMachineArn: each.stateMachineArn,
        Status: each.status,
      })),
    };
  };
}
