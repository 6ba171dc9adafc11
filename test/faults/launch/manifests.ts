import type { Manifest } from '../../../sandbox/cluster/objects.ts';
import { excludeLabel, type LaunchScenario, startUpTaint } from './scenario.ts';
import type { LaunchWorld } from './world.ts';

export const instanceId = 'i-00000000000000000';
export const nodeName = 'node-0';

/** As a kubelet registers it, and as it lay in the warm pool. */
export function nodeManifest({ scenario: { node, way }, begin }: LaunchWorld, isNew = false): Manifest {
  const mark = way === 'out-of-pool' && !isNew ? node.mark : undefined;
  const closed = node.cordoned || (mark?.ours.cordon ?? false);
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: nodeName,
      labels: { 'kubernetes.io/hostname': nodeName, ...node.labels, ...(mark ? { [excludeLabel]: 'true' } : {}) },
      annotations: {
        'example.com/owner': 'someone else',
        'sandbox/ready-after': node.readyAfter === 'never' ? 'never' : `${node.readyAfter}s`,
        ...(mark ? { 'eks-node-lifecycle.io/drain': leftMark(mark, begin), 'eks-node-lifecycle.io/stop': 'wait' } : {}),
      },
    },
    spec: {
      providerID: `aws:///us-east-1a/${instanceId}`,
      taints: [...(node.startUpTaint ? [startUpTaint] : []), ...node.taints],
      ...(closed ? { unschedulable: true } : {}),
    },
    status: { allocatable: { pods: '110' } },
  };
}

function leftMark({ is, ours }: NonNullable<LaunchScenario['node']['mark']>, begin: number): string {
  const at = (seconds: number) => new Date(begin + seconds * 1000).toISOString();
  return JSON.stringify({
    version: 1,
    drain: `${instanceId}-old`,
    execution: 'old',
    startedAt: at(-3600),
    deadlineAt: at(-60),
    endsAt: at(-60),
    markedAt: at(-3600),
    seenAt: at(is === 'alive' ? -300 : -1000),
    ours,
    ...(is === 'ended' ? { ended: 'drained' } : {}),
  });
}

export function daemonSet(name: string, readyAfter: number | 'never'): Manifest {
  const annotations = { 'sandbox/ready-after': readyAfter === 'never' ? 'never' : `${readyAfter}s` };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: 'kube-system' },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name }, annotations },
        spec: { tolerations: [{ operator: 'Exists' }], containers: [{ name, image: 'demo' }] },
      },
    },
  };
}
