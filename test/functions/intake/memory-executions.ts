import { isDeepStrictEqual } from 'node:util';
import type { ExecutionPort, ExecutionStatus } from '../../../shared/ports.ts';

interface MemoryExecution {
  stateMachineArn: string;
  input: unknown;
  status: Exclude<ExecutionStatus, 'missing'>;
}

/** Names and inputs as Step Functions treats them; `refuse` makes starts whose name contains it fail. */
export function createMemoryExecutions() {
  const executions = new Map<string, MemoryExecution>();
  const refusals: string[] = [];
  const port: ExecutionPort = {
    start: async (name, stateMachineArn, input, signal) => {
      signal.throwIfAborted();
      if (refusals.some((part) => name.includes(part))) throw new Error(`no answer for ${name}`);
      const text = JSON.stringify(input);
      const earlier = executions.get(name);
      if (!earlier) executions.set(name, { stateMachineArn, input: text, status: 'RUNNING' });
      if (!earlier || (earlier.status === 'RUNNING' && isDeepStrictEqual(earlier.input, text))) return 'started';
      return 'exists';
    },
    status: async (name) => executions.get(name)?.status ?? 'missing',
  };
  return {
    port,
    machines: () => [...executions.values()].map(({ stateMachineArn }) => stateMachineArn),
    names: () => [...executions.keys()],
    input: (name: string): unknown => executions.get(name)?.input,
    put: (name: string, status: MemoryExecution['status']) =>
      executions.set(name, { stateMachineArn: 'arn', input: 'another', status }),
    refuse: (part: string) => refusals.push(part),
  };
}
