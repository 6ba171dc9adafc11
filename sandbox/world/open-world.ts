import { mkdirSync, rmSync } from 'node:fs';
import { realClock } from '../../shared/adapters/real-clock.ts';
import type { DrainPolicy } from '../../shared/lifecycle/policy.ts';
import type { TickOutput } from '../../shared/lifecycle/tick.ts';
import { createAwsSandbox } from '../aws/aws-sandbox.ts';
import { createEksAuthenticator } from '../aws/eks-authenticator.ts';
import type { SandboxHook } from '../aws/lifecycle.ts';
import { serveAws } from '../aws/serve-aws.ts';
import { createCluster } from '../cluster/create-cluster.ts';
import { serveCluster } from '../cluster/serve-cluster.ts';
import { lifecycleDefinition } from '../lifecycle-definition.ts';
import { createStateMachine } from '../state-machine.ts';
import { clusterRights, drainGroup } from './cluster-rights.ts';
import { deliveredAction } from './delivered-event.ts';
import { withEksTokens } from './eks-access.ts';
import { openFunctionLog } from './function-log.ts';
import type { Observer } from './observation.ts';
import { startFunctions } from './start-functions.ts';

export interface WorldOptions {
  hook: Omit<SandboxHook, 'name' | 'notificationTargetArn'>;
  policy: DrainPolicy;
  /** For the functions' log and the report; emptied first, since a drain goes on with the report that it finds. */
  folder: string;
}

export type World = Awaited<ReturnType<typeof openWorld>>;

const clusterName = 'demo';
const leaseNamespace = 'eks-node-lifecycle';

/** All that a deployment has, on loopback: a cluster, an AWS endpoint, the state machine and the two functions. */
export async function openWorld({ hook, policy, folder }: WorldOptions, observe: Observer) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const action = deliveredAction();
  const { account, region, groupName, hookName, topicArn, instanceId } = action;
  const stateMachineArn = `arn:aws:states:${region}:${account}:stateMachine:terminate`;
  const arnOf = (name: string) => `arn:aws:lambda:${region}:${account}:function:${name}`;

  const aws = createAwsSandbox({ clock: realClock });
  const hooks = [{ ...hook, name: hookName, notificationTargetArn: topicArn }];
  aws.scaling.addGroup({ name: groupName, tags: { [`kubernetes.io/cluster/${clusterName}`]: 'owned' }, hooks });
  aws.scaling.addInstance(groupName, instanceId);

  const cluster = createCluster({ clock: realClock, grants: clusterRights(), authenticate: () => undefined });
  cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: leaseNamespace } });
  const clusterServer = await serveCluster(withEksTokens(cluster, createEksAuthenticator(aws, { clusterName })));
  const role = `arn:aws:iam::${account}:role/eks-node-lifecycle`;
  aws.clusters.set(clusterName, {
    name: clusterName,
    status: 'ACTIVE',
    endpoint: clusterServer.url,
    caData: Buffer.from(clusterServer.ca).toString('base64'),
    accessEntries: { [role]: { user: 'eks-node-lifecycle', groups: [drainGroup] } },
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
      completeLifecycleAction: async () => aws.scaling.completeAction(action, 'CONTINUE'),
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
    cluster,
    machine,
    intake: functions.intake,
    /** For a terminate function in a process of its own. */
    terminateEnvironment: functions.terminateEnvironment,
    logFile: log.path,
    async close() {
      await machine.stop();
      await Promise.all([functions.intake.close(), functions.terminate.close()]);
      cluster.stop();
      await Promise.all([clusterServer.close(), awsServer.close()]);
      await log.close();
    },
  };
}
