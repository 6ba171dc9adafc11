import { conditionOf, isPodReady, withCondition } from '../cluster/conditions.ts';
import type { Cluster } from '../cluster/create-cluster.ts';
import type { Manifest, Node } from '../cluster/objects.ts';
import { nodeOf } from '../scenarios/manifests.ts';

/** The pods without which a kubelet does not call its node Ready: the network's. */
const networkPods = 'aws-node';

/** The start-up taint with which a kubelet is told to register: https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/ */
const startUpTaint = { key: 'eks-node-lifecycle.io/not-ready', effect: 'NoSchedule' };

/** What the kubelet of an instance, and the control plane for it, do to its Node. */
export function kubeletOf(cluster: Cluster, { name, instanceId }: { name: string; instanceId: string }) {
  const node = () => cluster.get('nodes', name);
  const podsOnIt = () => cluster.list('pods').filter(({ spec }) => spec.nodeName === name);
  const setReady = (status: 'True' | 'False' | 'Unknown', reason: string, message: string) => {
    const now = node();
    if (!now || conditionOf(now, 'Ready')?.reason === reason) return;
    const conditions = withCondition(now.status.conditions, { type: 'Ready', status, reason, message }, Date.now());
    apply(cluster, { ...now, status: { ...now.status, conditions } });
  };
  const setPodsReady = (status: 'True' | 'False') => {
    for (const pod of podsOnIt()) {
      if (pod.status.phase !== 'Running' || isPodReady(pod) === (status === 'True')) continue;
      const conditions = withCondition(pod.status.conditions, { type: 'Ready', status }, Date.now());
      cluster.apply({ ...pod, status: { ...pod.status, conditions } } as unknown as Manifest);
    }
  };

  return {
    hasNode: () => node() !== undefined,

    /** A new Node is not Ready before its network is; an old one keeps its labels, taints and annotations. */
    register(): void {
      if (!node()) cluster.apply({ ...nodeOf(name, instanceId, [startUpTaint]) });
      setPodsReady('True');
    },

    /** To be called again and again while it runs. */
    report(): void {
      const network = podsOnIt().find(({ metadata }) => metadata.name.startsWith(networkPods));
      if (network && isPodReady(network)) setReady('True', 'KubeletReady', 'kubelet is posting ready status');
      else setReady('False', 'KubeletNotReady', 'container runtime network not ready: cni plugin not initialized');
    },

    fallSilent(): void {
      setReady('Unknown', 'NodeStatusUnknown', 'Kubelet stopped posting node status.');
      setPodsReady('False');
    },

    /** As the cloud controller does when EC2 no longer has the instance. */
    remove(): void {
      for (const { metadata } of podsOnIt()) cluster.remove('pods', metadata.name, metadata.namespace);
      cluster.remove('nodes', name);
    },
  };
}

function apply(cluster: Cluster, node: Node): void {
  cluster.apply(node as unknown as Manifest);
}
