import { mkdirSync, rmSync } from 'node:fs';
import { realClock } from '../../shared/adapters/real-clock.ts';
import type { DrainPolicy } from '../../shared/lifecycle/policy.ts';
import type { TickOutput } from '../../shared/lifecycle/tick.ts';
import { createAwsSandbox } from '../aws/aws-sandbox.ts';
import { createEksAuthenticator } from '../aws/eks-authenticator.ts';
import type { SandboxHook } from '../aws/lifecycle.ts';
import type { ActionKey } from '../aws/scaling-groups.ts';
import { serveAws } from '../aws/serve-aws.ts';
import { lifecycleDefinition } from '../lifecycle-definition.ts';
import { createStateMachine } from '../state-machine.ts';
import { drainGroup } from './cluster-rights.ts';
import type { DeliveredAction } from './delivered-event.ts';
import { openFunctionLog } from './function-log.ts';
import type { Observer } from './observation.ts';
import { startFunctions } from './start-functions.ts';

export interface DeploymentOptions {
  hook: Omit<SandboxHook, 'name' | 'notificationTargetArn'>;
  policy: DrainPolicy;
  /** For the functions' log and the report; emptied first, since a drain goes on with the report that it finds. */
  folder: string;
}

/** An API server that lets in whom EKS would, and the certificate of who signed its own (PEM). */
export interface ClusterFront {
  url: string;
  ca: string;
  close(): Promise<void>;
}

export type Authenticate = ReturnType<typeof createEksAuthenticator>;

export const clusterName = 'demo';
export const leaseNamespace = 'eks-node-lifecycle';
/** Who a drain is in the cluster. */
export const drainUser = 'eks-node-lifecycle';

/** All that a deployment has in an account, on loopback: an AWS endpoint, the state machine and the two functions, and EKS that names the cluster. */
export async function openDeployment(
  { hook, policy, folder }: DeploymentOptions,
  action: DeliveredAction,
  openFront: (authenticate: Authenticate) => Promise<ClusterFront>,
  observe: Observer,
) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { account, region, groupName, hookName, topicArn, instanceId } = action;
  const stateMachineArn = `arn:aws:states:${region}:${account}:stateMachine:terminate`;
  const arnOf = (name: string) => `arn:aws:lambda:${region}:${account}:function:${name}`;

  const aws = createAwsSandbox({ clock: realClock });
  const tags = { [`kubernetes.io/cluster/${clusterName}`]: 'owned' };
  aws.scaling.addGroup({
    name: groupName,
    tags,
    hooks: [{ ...hook, name: hookName, notificationTargetArn: topicArn }],
  });
  aws.scaling.addInstance(groupName, instanceId);

  const front = await openFront(createEksAuthenticator(aws, { clusterName }));
  aws.clusters.set(clusterName, {
    name: clusterName,
    status: 'ACTIVE',
    endpoint: front.url,
    caData: Buffer.from(front.ca).toString('base64'),
    accessEntries: {
      [`arn:aws:iam::${account}:role/eks-node-lifecycle`]: { user: drainUser, groups: [drainGroup] },
    },
  });

  let ticks = 0;
  const machine = createStateMachine(
    {
      stateMachineArn,
      definition: lifecycleDefinition(arnOf('terminate')),
      tick: async (input, signal) => {
        ticks += 1;
        const number = ticks;
        try {
          const output = (await functions.terminate.invoke(input, signal)) as TickOutput;
          observe({ at: Date.now(), from: 'tick', number, output });
          return output;
        } catch (error) {
          observe({ at: Date.now(), from: 'tick-failure', number, error: error as Error });
          throw error;
        }
      },
      completeLifecycleAction: async (parameters) => aws.scaling.completeAction(actionKey(parameters), 'CONTINUE'),
    },
    { clock: realClock },
  );
  const awsServer = await serveAws(aws, { executions: machine });
  const log = openFunctionLog(folder, observe);
  const terminate = { policy, leaseNamespace, reportFolder: folder };
  const functions = startFunctions({ action, awsServer, stateMachineArn, arnOf, terminate, onLine: log.onLine });

  return {
    action,
    aws,
    machine,
    intake: functions.intake,
    /** For a terminate function in a process of its own. */
    terminateEnvironment: functions.terminateEnvironment,
    logFile: log.path,
    async close() {
      await machine.stop();
      await Promise.all([functions.intake.close(), functions.terminate.close()]);
      await Promise.all([front.close(), awsServer.close()]);
      await log.close();
    },
  };
}

function actionKey(parameters: unknown): ActionKey {
  const said = parameters as Record<string, string>;
  const { AutoScalingGroupName: groupName = '', LifecycleHookName: hookName = '' } = said;
  return { groupName, hookName, token: said.LifecycleActionToken, instanceId: said.InstanceId };
}
