import { realClock } from '../../shared/adapters/real-clock.ts';
import type { AwsSandbox } from '../aws/aws-sandbox.ts';
import type { Cluster } from '../cluster/create-cluster.ts';
import { kubeletOf } from './kubelets.ts';

export interface LaunchedInstancesOptions {
  aws: AwsSandbox;
  cluster: Cluster;
  clusterName: string;
  /** What the instances run as. */
  nodeRoleArn: string;
  instanceProfileArn: string;
}

interface Life {
  kubelet: ReturnType<typeof kubeletOf>;
  /** Epoch milliseconds. */
  bootsAt: number;
  up: boolean;
}

const everyMs = 50;
const bootMs = 1_500;

/**
 * What goes on in and around instances that are launched while it runs: they boot, join the cluster if it knows their role, fall silent when
 * they are stopped, and come back. Instances that were in service from the start are left as they are.
 */
export async function liveLaunchedInstances(options: LaunchedInstancesOptions, signal: AbortSignal): Promise<never> {
  const { aws } = options;
  const lives = new Map<string, Life>();
  for (;;) {
    for (const id of aws.scaling.instanceIds()) {
      const instance = aws.scaling.instance(id);
      if (instance?.move?.kind === 'launch' && !lives.has(id)) lives.set(id, born(id, options));
      const life = lives.get(id);
      if (instance && life) live(life, id, instance.ec2State, options);
    }
    await realClock.sleep(everyMs, signal);
  }
}

function born(id: string, { aws, cluster, instanceProfileArn }: LaunchedInstancesOptions): Life {
  const number = 30 + aws.instances.size;
  const name = `ip-10-0-4-${number}.ec2.internal`;
  const groupName = aws.scaling.instance(id)?.groupName ?? '';
  const tags = { ...aws.scaling.group(groupName)?.tags, 'aws:autoscaling:groupName': groupName };
  aws.instances.set(id, { tags, instanceProfileArn, privateDnsName: name, subnetId: 'subnet-0a1b2c3d', console: '' });
  return { kubelet: kubeletOf(cluster, { name, instanceId: id }), bootsAt: Date.now() + bootMs, up: false };
}

function live(life: Life, id: string, ec2State: string, options: LaunchedInstancesOptions): void {
  const { kubelet } = life;
  if (ec2State === 'running') {
    life.bootsAt ||= Date.now() + bootMs;
    if (Date.now() < life.bootsAt) return;
    if (!life.up) {
      life.up = true;
      boot(life, id, options);
    }
    if (kubelet.hasNode()) kubelet.report();
    return;
  }
  life.bootsAt = 0;
  life.up = false;
  if (ec2State === 'shutting-down' || ec2State === 'terminated') kubelet.remove();
  else kubelet.fallSilent();
}

/** The cluster lets in whom it knows; what a kubelet that it does not know says, only the console can tell. */
function boot({ kubelet }: Life, id: string, { aws, clusterName, nodeRoleArn }: LaunchedInstancesOptions): void {
  const details = aws.instances.get(id) ?? {};
  if (aws.clusters.get(clusterName)?.accessEntries[nodeRoleArn]) {
    kubelet.register();
    details.console = 'cloud-init: finished\nnodeadm: done\n';
    return;
  }
  details.console = [
    'cloud-init: finished',
    'nodeadm: done',
    'kubelet: "Unable to register node with API server" err="Unauthorized" node="(withheld)"',
    '',
  ].join('\n');
}
