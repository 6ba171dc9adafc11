import { mkdirSync, rmSync } from 'node:fs';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { defaultLaunchPolicy, type LaunchPolicy } from '../../shared/lifecycle/launch.ts';
import { defaultNoticePolicy, type NoticePolicy } from '../../shared/lifecycle/notice-policy.ts';
import type { DrainPolicy } from '../../shared/lifecycle/policy.ts';
import { createAwsSandbox } from '../aws/aws-sandbox.ts';
import { createEksAuthenticator } from '../aws/eks-authenticator.ts';
import type { SandboxHook } from '../aws/lifecycle.ts';
import { serveAws } from '../aws/serve-aws.ts';
import { drainGroup, launchGroup, planGroup } from './cluster-rights.ts';
import { type DeliveredAction, deliveredAction } from './delivered-event.ts';
import { openFunctionLog } from './function-log.ts';
import type { Observer } from './observation.ts';
import { machinesByKind, openMachines } from './open-machines.ts';
import { startFunctions } from './start-functions.ts';

export interface DeploymentOptions {
  hook: Omit<SandboxHook, 'name' | 'notificationTargetArn'>;
  policy: DrainPolicy;
  launchPolicy?: LaunchPolicy;
  notices?: NoticePolicy;
  /** Whether the instance of the action is there; default yes. */
  inService?: boolean;
  /** Where `npm run build` has put the functions; their sources are run without. */
  built?: string | undefined;
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
/** Of the cluster and of its load balancers. */
export const vpcId = 'vpc-0a1b2c3d';
export const leaseNamespace = 'eks-node-lifecycle';
/** Who a drain is in the cluster. */
export const drainUser = 'eks-node-lifecycle';
/** The role of the launch function, and who it is in the cluster. */
const launchRole = 'eks-node-lifecycle-launch';
/** The same of the function for drains by hand. */
const manualRole = 'eks-node-lifecycle-manual';

/** All that a deployment has in an account, on loopback: an AWS endpoint, the state machines and the functions, and EKS that names the cluster. */
export async function openDeployment(
  {
    hook,
    policy,
    launchPolicy = defaultLaunchPolicy,
    notices = defaultNoticePolicy,
    inService = true,
    built,
    folder,
  }: DeploymentOptions,
  action: DeliveredAction,
  openFront: (authenticate: Authenticate) => Promise<ClusterFront>,
  observe: Observer,
) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { account, region, groupName, hookName, topicArn, instanceId } = action;
  const machineArn = (name: string) => `arn:aws:states:${region}:${account}:stateMachine:${name}`;
  const arnOf = (name: string) => `arn:aws:lambda:${region}:${account}:function:${name}`;

  const aws = createAwsSandbox({ clock: realClock });
  const tags = { [`kubernetes.io/cluster/${clusterName}`]: 'owned' };
  aws.scaling.addGroup({
    name: groupName,
    tags,
    hooks: [
      { ...hook, name: hookName, notificationTargetArn: topicArn },
      {
        ...hook,
        name: deliveredAction('sns-launch.json').hookName,
        transition: 'launch',
        notificationTargetArn: topicArn,
      },
    ],
  });
  if (inService) aws.scaling.addInstance(groupName, instanceId);
  const nodeRoleArn = `arn:aws:iam::${account}:role/nodes`;
  const instanceProfileArn = `arn:aws:iam::${account}:instance-profile/nodes`;
  aws.instanceProfiles.set('nodes', { arn: instanceProfileArn, roleArns: [nodeRoleArn] });

  const front = await openFront(createEksAuthenticator(aws, { clusterName }));
  aws.clusters.set(clusterName, {
    name: clusterName,
    status: 'ACTIVE',
    endpoint: front.url,
    caData: Buffer.from(front.ca).toString('base64'),
    vpcId,
    accessEntries: {
      [`arn:aws:iam::${account}:role/eks-node-lifecycle`]: { user: drainUser, groups: [drainGroup] },
      [`arn:aws:iam::${account}:role/${launchRole}`]: { user: launchRole, groups: [launchGroup] },
      [`arn:aws:iam::${account}:role/${manualRole}`]: { user: manualRole, groups: [drainGroup, planGroup] },
      [nodeRoleArn]: { user: 'system:node:{{EC2PrivateDNSName}}', groups: ['system:nodes'] },
    },
  });

  const stateMachineArns = {
    terminate: machineArn('terminate'),
    launch: machineArn('launch'),
    request: machineArn('request'),
  };
  const machine = openMachines({ aws, stateMachineArns, arnOf, functionOf: (folder) => functions[folder]() }, observe);
  const awsServer = await serveAws(aws, { executions: machine });
  const log = openFunctionLog(folder, observe);
  const functions = startFunctions({
    action,
    awsServer,
    launchCredentials: aws.identities.credentialsOf(launchRole),
    manualCredentials: aws.identities.credentialsOf(manualRole),
    stateMachines: machinesByKind(stateMachineArns),
    stateMachineArns,
    arnOf,
    terminate: { policy, notices, leaseNamespace, reportFolder: folder },
    launch: { policy: launchPolicy },
    first: inService ? 'terminate' : 'launch',
    onLine: log.onLine,
    built,
  });

  return {
    action,
    aws,
    nodeRoleArn,
    instanceProfileArn,
    machine,
    intake: functions.intake,
    /** The function for drains by hand; it is loaded when it is asked for. */
    manual: () => functions.drain(),
    /** For a terminate function in a process of its own. */
    terminateEnvironment: functions.terminateEnvironment,
    logFile: log.path,
    async close() {
      await machine.stop();
      await functions.close();
      await Promise.all([front.close(), awsServer.close()]);
      await log.close();
    },
  };
}
