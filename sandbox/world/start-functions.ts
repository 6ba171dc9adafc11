import { devNull } from 'node:os';
import { type FunctionFolder, functionLimits } from '../../infra/function-limits.ts';
import { intakeEnvironment } from '../../shared/settings/intake.ts';
import { type TerminateSettings, terminateEnvironment } from '../../shared/settings/terminate.ts';
import type { AwsServer } from '../aws/serve-aws.ts';
import type { DeliveredAction } from './delivered-event.ts';
import { startFunction } from './function-thread.ts';

export interface FunctionsOptions {
  action: DeliveredAction;
  awsServer: AwsServer;
  stateMachineArn: string;
  arnOf: (name: string) => string;
  terminate: Pick<TerminateSettings, 'policy' | 'leaseNamespace' | 'reportFolder'>;
  onLine: (line: string) => void;
}

/** The two functions, each with the environment and the limit that infra gives it, and the sandbox in place of AWS. */
export function startFunctions({ action, awsServer, stateMachineArn, arnOf, terminate, onLine }: FunctionsOptions) {
  const { accessKeyId, secretAccessKey, sessionToken } = awsServer.credentials;
  const lambda = {
    AWS_REGION: action.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_ENDPOINT_URL: awsServer.url,
    AWS_ENDPOINT_URL_STS: awsServer.url,
    // What this machine's own configuration says must not reach the functions.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  };
  const ours = { topicArns: [action.topicArn], logLevel: 'info' as const };
  const intake = intakeEnvironment({
    ...ours,
    account: undefined,
    stateMachines: { terminate: stateMachineArn },
  });
  const tick = terminateEnvironment({
    ...ours,
    ...terminate,
    hookNames: [],
    clusterName: undefined,
    reportBucket: undefined,
  });
  const start = (folder: FunctionFolder, environment: Record<string, string>) => {
    const { timeoutSeconds } = functionLimits[folder];
    const all = { ...lambda, ...environment };
    return startFunction({ folder, arn: arnOf(folder), environment: all, timeoutSeconds, onLine });
  };
  return {
    intake: start('intake', intake),
    terminate: start('terminate', tick),
    terminateEnvironment: { ...lambda, ...tick },
  };
}
