import type { Cluster } from '../../sandbox/cluster/create-cluster.ts';
import type { Manifest } from '../../sandbox/cluster/objects.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';

export const demoRegion = 'eu-west-1';

export interface DemoNode {
  name: string;
  instanceId: string;
  zone: string;
}

/** The group demo, over three zones. */
export const demoNodes: readonly [DemoNode, ...DemoNode[]] = [
  { name: 'ip-10-0-1-11.ec2.internal', instanceId: 'i-0d0000000000000a1', zone: 'eu-west-1a' },
  { name: 'ip-10-0-1-12.ec2.internal', instanceId: 'i-0d0000000000000a2', zone: 'eu-west-1a' },
  { name: 'ip-10-0-2-21.ec2.internal', instanceId: 'i-0d0000000000000b1', zone: 'eu-west-1b' },
  { name: 'ip-10-0-3-31.ec2.internal', instanceId: 'i-0d0000000000000c1', zone: 'eu-west-1c' },
];

const daysOld = 21;

export function nodeManifest({ name, instanceId, zone }: DemoNode, ageDays = daysOld): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      creationTimestamp: new Date(realClock.now() - ageDays * 86_400_000).toISOString(),
      labels: {
        'kubernetes.io/hostname': name,
        'node.kubernetes.io/instance-type': 'm7g.xlarge',
        'topology.kubernetes.io/region': demoRegion,
        'topology.kubernetes.io/zone': zone,
        role: 'worker',
      },
    },
    spec: { providerID: `aws:///${zone}/${instanceId}` },
    status: {
      conditions: [{ type: 'Ready', status: 'True' }],
      capacity: { cpu: '4', memory: '16Gi', pods: '58' },
      allocatable: { cpu: '3920m', memory: '14Gi', pods: '58' },
    },
  };
}

/** Pods are spread by what is there: until all of them are ready. */
export async function settled(cluster: Cluster, signal: AbortSignal): Promise<void> {
  do await realClock.sleep(20, signal);
  while (!isSettled(cluster));
}

function isSettled(cluster: Cluster): boolean {
  const replicated = [...cluster.list('deployments'), ...cluster.list('statefulsets')];
  const nodes = cluster.list('nodes').length;
  return (
    replicated.every(({ spec, status }) => status.readyReplicas === spec.replicas) &&
    cluster.list('daemonsets').every(({ status }) => status.numberReady === nodes) &&
    cluster.list('pods').every(({ status }) => status.phase === 'Running')
  );
}
