import { readFileSync } from 'node:fs';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import { createIntake } from '../../../functions/intake/create-intake.ts';
import type { LambdaLog } from '../../../shared/adapters/log.ts';
import type { GroupLookups } from '../../../shared/ports.ts';
import type { IntakeSettings } from '../../../shared/settings/intake.ts';
import { createMemoryExecutions } from './memory-executions.ts';

export const terminateMachine = 'arn:aws:states:us-east-1:123456789012:stateMachine:terminate';

const settings: IntakeSettings = {
  account: undefined,
  topicArns: ['arn:aws:sns:us-east-1:123456789012:dev-sg-dns-discovery'],
  stateMachines: { terminate: terminateMachine },
  networks: [],
  clusterName: undefined,
  logLevel: 'info',
};

export const context = {
  awsRequestId: 'b3a8f1d2-0000-4000-8000-000000000001',
  functionName: 'intake',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:intake',
  memoryLimitInMB: '256',
  getRemainingTimeInMillis: () => 30_000,
} as Context;

export const readEvent = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../events/${file}`, import.meta.url), 'utf8'));

/** Nothing is known to Auto Scaling. */
const strangers: GroupLookups = {
  describeInstance: async () => undefined,
  describeGroup: async () => undefined,
};

interface Line {
  level: string;
  message: string;
  fields: Record<string, unknown>;
}

/** The real intake behind the real middy, with executions in memory and the lines and counts that it wrote. */
export function createInvocation(changes: Partial<IntakeSettings> = {}, groups: GroupLookups = strangers) {
  const executions = createMemoryExecutions();
  const lines: Line[] = [];
  const counts: string[] = [];
  const line =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}) => {
      lines.push({
        level,
        message,
        fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
      });
    };
  const log: LambdaLog = {
    begin: ({ awsRequestId }) => line('begin')(awsRequestId),
    debug: line('debug'),
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
  };
  const metrics = {
    add: (name: string, _: string, value: number, dimensions = {}) =>
      counts.push(`${name} ${value} ${JSON.stringify(dimensions)}`),
  };
  const intake = createIntake({ ...settings, ...changes }, { executions: executions.port, groups, log, metrics });
  return {
    executions,
    counts,
    lines: () => lines.filter(({ message }) => message === 'event taken'),
    begun: () => lines.filter(({ level }) => level === 'begin').map(({ message }) => message),
    invoke: (event: unknown, changed: Partial<Context> = {}): Promise<SQSBatchResponse | undefined> =>
      intake(event, { ...context, ...changed } as Context),
  };
}
