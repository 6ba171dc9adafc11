import type { Clock } from '../../shared/ports.ts';
import type { ScalingGroups } from '../aws/scaling-groups.ts';
import type { Cluster } from '../cluster/create-cluster.ts';
import type { Manifest } from '../cluster/objects.ts';
import { node } from '../scenarios/manifests.ts';

export interface GrowingGroupOptions {
  scaling: ScalingGroups;
  cluster: Cluster;
  clock: Clock;
  groupName: string;
  /** From launch to a Node that is not Ready yet. Default 2 s. */
  joinMs?: number;
  /** From there to Ready. Default 2 s. */
  readyMs?: number;
  /** Of the Node that an instance becomes; undefined: it never joins. */
  nodeNameOf?: (instanceId: string, number: number) => string | undefined;
}

const everyMs = 250;

/**
 * Instances that Auto Scaling launches into the group boot and become Nodes, and Nodes go with their instances, until the signal aborts.
 * Instances that were in the group before are taken to have their Nodes already.
 */
export async function growGroup(options: GrowingGroupOptions, signal: AbortSignal): Promise<void> {
  const { scaling, cluster, clock, groupName, joinMs = 2_000, readyMs = 2_000 } = options;
  const { nodeNameOf = (_, number) => `ip-10-0-9-${number}.ec2.internal` } = options;
  const names = new Map<string, string | undefined>();
  let launched = 0;

  const nodeFor = (instanceId: string) =>
    cluster.list('nodes').find(({ spec }) => spec.providerID?.endsWith(`/${instanceId}`));

  const look = (instanceId: string) => {
    const instance = scaling.instance(instanceId);
    if (instance?.groupName !== groupName) return;
    const known = nodeFor(instanceId);
    if (instance.ec2State === 'terminated' || instance.ec2State === 'shutting-down') {
      if (known) remove(cluster, known.metadata.name);
      return;
    }
    if (instance.move?.kind !== 'launch') return;
    if (!names.has(instanceId)) {
      launched += 1;
      names.set(instanceId, nodeNameOf(instanceId, launched));
    }
    const name = names.get(instanceId);
    const age = clock.now() - instance.move.startedAt;
    if (!name || age < joinMs) return;
    if (!known) cluster.apply(newNode(name, instanceId, instance.zone));
    else if (age >= joinMs + readyMs && !isReady(known)) cluster.apply(ready(known) as unknown as Manifest);
  };

  while (!signal.aborted) {
    for (const id of scaling.instanceIds()) look(id);
    await clock.sleep(everyMs, signal).catch(() => undefined);
  }
}

type AnyNode = { status: { conditions?: readonly { type: string; status: string }[] } };

const isReady = ({ status }: AnyNode) =>
  status.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false;

const notReady = { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: 'cni plugin not initialized' };

function newNode(name: string, instanceId: string, zone = 'eu-west-1a') {
  const whole = node(name, instanceId);
  return {
    ...whole,
    spec: { providerID: `aws:///${zone}/${instanceId}` },
    status: { conditions: [notReady], allocatable: { pods: '29' } },
  };
}

/** With what others wrote on it meanwhile. */
function ready<T extends AnyNode>(known: T): T {
  return { ...known, status: { ...known.status, conditions: [{ type: 'Ready', status: 'True' }] } };
}

/** As the cloud controller does when EC2 no longer has the instance. */
function remove(cluster: Cluster, name: string): void {
  for (const { metadata, spec } of cluster.list('pods')) {
    if (spec.nodeName === name) cluster.remove('pods', metadata.name, metadata.namespace);
  }
  cluster.remove('nodes', name);
}
