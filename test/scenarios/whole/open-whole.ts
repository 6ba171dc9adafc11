import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deliveredAction } from '../../../sandbox/world/delivered-event.ts';
import type { Observation } from '../../../sandbox/world/observation.ts';
import { clusterName, openDeployment } from '../../../sandbox/world/open-deployment.ts';
import type { DrainPolicy } from '../../../shared/lifecycle/policy.ts';
import type { DrainReport } from '../../../shared/lifecycle/report.ts';
import type { TickOutput } from '../../../shared/lifecycle/tick.ts';
import type { ControlPlane } from './control-plane.ts';
import { eventFor, type Told } from './event-for.ts';

type Done = Extract<TickOutput, { status: 'done' }>;

export type Whole = Awaited<ReturnType<typeof openWhole>>;

/** The deployment, in front of a cluster whose Nodes are instances of its groups. */
export async function openWhole(plane: ControlPlane, policy: DrainPolicy) {
  const folder = mkdtempSync(join(tmpdir(), 'enl-whole-'));
  const hook = { heartbeatSeconds: 30, defaultResult: 'CONTINUE' as const };
  const observations: Observation[] = [];
  const deployment = await openDeployment({ hook, policy, folder }, deliveredAction(), plane.openFront, (seen) => {
    observations.push(seen);
  });
  const { aws, machine, intake, action } = deployment;
  const tags = { [`kubernetes.io/cluster/${clusterName}`]: 'owned' };

  return {
    /** What became of the requests to AWS, in order. */
    calls: aws.calls,
    /** Pauses the instance and delivers the event that Auto Scaling would send, by SNS or by EventBridge. */
    async terminate(file: Parameters<typeof eventFor>[0], instanceId: string): Promise<Told> {
      const { event, told } = eventFor(file, instanceId);
      const { groupName, hookName, token } = told;
      const hooks = [{ ...hook, name: hookName, notificationTargetArn: action.topicArn }];
      if (!aws.scaling.group(groupName)) aws.scaling.addGroup({ name: groupName, tags, hooks });
      aws.scaling.addInstance(groupName, instanceId);
      aws.scaling.terminateInstance(instanceId, () => token);
      await intake.invoke(event, AbortSignal.timeout(30_000));
      return told;
    },
    idle: machine.idle,
    executions: () => machine.list().map(({ status }) => status),
    lifecycleState: (instanceId: string) => aws.scaling.instance(instanceId)?.lifecycleState,
    failedTicks: () => observations.filter(({ from }) => from === 'tick-failure'),
    /** The end of an instance's drain, and its report. */
    outcome(instanceId: string): Done & { kept: DrainReport } {
      const outputs = machine.list().map(({ output }) => output as Done | undefined);
      const done = outputs.find((output) => output?.action.instanceId === instanceId);
      if (!done?.report) throw new Error(`no end of ${instanceId}; see ${deployment.logFile}`);
      return { ...done, kept: JSON.parse(readFileSync(done.report, 'utf8')) };
    },
    async close(): Promise<void> {
      await deployment.close();
      rmSync(folder, { recursive: true });
    },
  };
}
