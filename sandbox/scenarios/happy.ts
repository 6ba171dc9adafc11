import { attachedVolume, budget, deployment, nodeName, statefulSet, systemDeployment } from './manifests.ts';
import { eachOf, instanceGoes, nobodyWasForced, onlyStayingPodsAreLeft } from './must.ts';
import type { Scenario } from './scenario.ts';

export const happy: Scenario = {
  name: 'happy',
  title: 'a node with a bit of everything is drained step by step',
  shows:
    'Each pod is judged, then evicted as its disruption budget allows, critical ones last; then the volume is detached.',
  workloads: [
    deployment('web', { replicas: 3 }),
    budget('web', { maxUnavailable: 1 }),
    deployment('cache', { spec: { volumes: [{ name: 'scratch', emptyDir: {} }] } }),
    deployment('agent', { annotations: { 'eks-node-lifecycle.io/drain': 'skip' } }),
    statefulSet('db', 'data'),
    ...attachedVolume('data-db-0', nodeName, '5s'),
    systemDeployment('coredns', { spec: { priorityClassName: 'system-cluster-critical' } }),
  ],
  must: {
    ...instanceGoes('drained'),
    ...onlyStayingPodsAreLeft,
    ...nobodyWasForced,
    'the pod that asked to be skipped is still there': (outcome) =>
      eachOf('agent', outcome, ({ goneAt }) => goneAt === undefined),
    'the critical pod went last': ({ report }) =>
      report?.timeline.findLast(({ what }) => what === 'evicted')?.pod?.startsWith('kube-system/coredns') === true,
  },
};
