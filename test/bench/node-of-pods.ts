import type { Cluster } from '../../sandbox/cluster/create-cluster.ts';
import type { Manifest } from '../../sandbox/cluster/objects.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';

export const nodeName = 'ip-10-0-1-10.ec2.internal';

/** Fills the instance's node with running pods of one Deployment, then gives the scheduler another node for their replacements. */
export async function fillNode(
  cluster: Cluster,
  instanceId: string,
  { pods, stopSeconds }: { pods: number; stopSeconds: number },
): Promise<void> {
  cluster.start();
  cluster.apply([node(nodeName, instanceId), deployment(pods, stopSeconds)]);
  const signal = AbortSignal.timeout(60_000);
  while (cluster.list('pods').filter(({ status }) => status.phase === 'Running').length < pods) {
    await realClock.sleep(100, signal);
  }
  cluster.apply(node('ip-10-0-2-20.ec2.internal', 'i-0aaaaaaaaaaaaaaaa'));
}

export function podsLeft(cluster: Cluster): number {
  return cluster.list('pods').filter(({ spec }) => spec.nodeName === nodeName).length;
}

function node(name: string, instanceId: string): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
    spec: { providerID: `aws:///us-east-1a/${instanceId}` },
    status: { conditions: [{ type: 'Ready', status: 'True' }], allocatable: { pods: '250' } },
  };
}

function deployment(replicas: number, stopSeconds: number): Manifest {
  const labels = { app: 'web' };
  const annotations = { 'sandbox/ready-after': '100ms', 'sandbox/stop-after': `${stopSeconds}s` };
  const containers = [{ name: 'main', image: 'demo', env: [{ name: 'PADDING', value: 'x'.repeat(4000) }] }];
  const template = { metadata: { labels, annotations }, spec: { terminationGracePeriodSeconds: 60, containers } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas, selector: { matchLabels: labels }, template },
  };
}
