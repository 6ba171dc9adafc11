import { devNull } from 'node:os';
import { type FunctionFolder, functionLimits } from '../../infra/function-limits.ts';
import { type IntakeSettings, intakeEnvironment } from '../../shared/settings/intake.ts';
import { type LaunchFunctionSettings, launchEnvironment } from '../../shared/settings/launch.ts';
import { manualEnvironment } from '../../shared/settings/manual.ts';
import { type TerminateSettings, terminateEnvironment } from '../../shared/settings/terminate.ts';
import type { SandboxCredentials } from '../aws/identities.ts';
import type { AwsServer } from '../aws/serve-aws.ts';
import type { DeliveredAction } from './delivered-event.ts';
import { type SandboxFunction, startFunction } from './function-thread.ts';

export interface FunctionsOptions {
  action: DeliveredAction;
  awsServer: AwsServer;
  launchCredentials: SandboxCredentials;
  manualCredentials: SandboxCredentials;
  stateMachines: IntakeSettings['stateMachines'];
  stateMachineArns: { terminate: string; request: string };
  arnOf: (name: string) => string;
  terminate: Pick<TerminateSettings, 'policy' | 'notices' | 'leaseNamespace' | 'reportFolder'>;
  launch: Pick<LaunchFunctionSettings, 'policy'>;
  /** Which of the ticks is needed first. */
  first: 'terminate' | 'launch';
  onLine: (line: string) => void;
  /** Where `npm run build` has put the functions; their sources are run without. */
  built?: string | undefined;
}

/** The functions, each with the environment and the limit that infra gives it, and the sandbox in place of AWS. */
export function startFunctions(options: FunctionsOptions) {
  const { action, awsServer, launchCredentials, manualCredentials, stateMachines, stateMachineArns, arnOf } = options;
  const { first, onLine, built } = options;
  const lambda = {
    AWS_REGION: action.region,
    ...variablesOf(awsServer.credentials),
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
    stateMachines,
    networks: [],
    clusterName: undefined,
  });
  const group = { ...ours, hookNames: [], requireTag: false, clusterName: undefined };
  const tick = terminateEnvironment({
    ...group,
    ...options.terminate,
    loadBalancers: 'wait',
    reportBucket: undefined,
  });
  const launch = launchEnvironment({ ...group, ...options.launch });
  const drain = manualEnvironment({
    requestMachineArn: stateMachineArns.request,
    drainMachineArn: stateMachineArns.terminate,
    reportBucket: undefined,
    reportFolder: options.terminate.reportFolder,
    logLevel: ours.logLevel,
    policy: options.terminate.policy,
  });

  const started: SandboxFunction[] = [];
  const start = (folder: FunctionFolder, environment: Record<string, string>) => {
    const { timeoutSeconds } = functionLimits[folder];
    const all = { ...lambda, ...environment };
    const one = startFunction({ folder, arn: arnOf(folder), environment: all, timeoutSeconds, onLine, built });
    started.push(one);
    return one;
  };
  const lazily = (begin: () => SandboxFunction) => {
    let begun: SandboxFunction | undefined;
    return () => {
      begun ??= begin();
      return begun;
    };
  };
  const ticks = {
    terminate: lazily(() => start('terminate', tick)),
    launch: lazily(() => start('launch', { ...launch, ...variablesOf(launchCredentials) })),
  };
  // A thread takes its time to load: the first to be needed is there, the other starts if it is.
  ticks[first]();
  return {
    intake: start('intake', intake),
    ...ticks,
    drain: lazily(() => start('drain', { ...drain, ...variablesOf(manualCredentials) })),
    terminateEnvironment: { ...lambda, ...tick },
    close: async () => void (await Promise.all(started.map((one) => one.close()))),
  };
}

function variablesOf({ accessKeyId, secretAccessKey, sessionToken }: SandboxCredentials) {
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
}
