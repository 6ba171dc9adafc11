import { deliveredAction } from '../world/delivered-event.ts';
import { deployment } from './manifests.ts';
import type { Outcome, Scenario } from './scenario.ts';

const { groupName, instanceId, token } = deliveredAction('sns-launch.json');
const template = 'k8s.io/cluster-autoscaler/node-template';

export const launch: Scenario = {
  name: 'launch',
  title: 'a new instance goes into service once its node can really take pods',
  shows:
    'An instance that runs is not a node that works: it joins, its network and DaemonSet pods become ready, then pods may come, then Auto Scaling.',
  workloads: [],
  joined: false,
  about: 'sns-launch.json',
  arrange: (cluster) => cluster.apply(deployment('web', { spec: { nodeSelector: { team: 'shop' } } })),
  script: async ({ aws, cluster, begin, deliver, until }) => {
    Object.assign(aws.scaling.group(groupName)?.tags ?? {}, { [`${template}/label/team`]: 'shop' });
    aws.scaling.launchInstance(groupName, { id: instanceId, newToken: () => token });
    begin();
    await deliver('sns-launch.json');
    await until(
      () => aws.scaling.instance(instanceId)?.lifecycleState === 'InService' && hasPod({ cluster }, instanceId),
    );
  },
  must: {
    'the launch ends as ready': ({ end }) => end?.reason === 'ready',
    'Auto Scaling was told CONTINUE, once, and the instance is in service': ({ completions, instanceState }) =>
      completions.join() === 'CONTINUE' && instanceState === 'InService',
    'the node has the label of its group, and no start-up taint any more': (outcome) => {
      const node = nodeOfLaunch(outcome, instanceId);
      return node?.metadata.labels?.team === 'shop' && !node.spec.taints?.length;
    },
    'the pod that waited for such a node is on it': (outcome) => hasPod(outcome, instanceId),
  },
};

type Seen = Pick<Outcome, 'cluster'>;

export function nodeOfLaunch({ cluster }: Seen, instanceId: string) {
  return cluster.list('nodes').find(({ spec }) => spec.providerID?.endsWith(`/${instanceId}`));
}

/** Is a pod of the shop on the node of this instance? */
export function hasPod({ cluster }: Seen, instanceId: string): boolean {
  const name = nodeOfLaunch({ cluster }, instanceId)?.metadata.name;
  return name !== undefined && cluster.list('pods', 'shop').some(({ spec }) => spec.nodeName === name);
}
