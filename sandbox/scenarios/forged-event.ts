import { deployment, nodeName } from './manifests.ts';
import { podsOnNode } from './must.ts';
import type { Scenario } from './scenario.ts';

export const forgedEvent: Scenario = {
  name: 'forged-event',
  title: 'the same event for a healthy instance: nothing is touched',
  shows: 'An event is only a hint: Auto Scaling is asked, twice, and an instance in service is left alone.',
  workloads: [deployment('web', { replicas: 2 })],
  terminating: false,
  must: {
    'the event is ignored, since the instance is healthy': ({ end }) =>
      end?.reason === 'ignored' && end.code === 'healthy-instance',
    'Auto Scaling was told nothing': ({ completions, heartbeats }) => completions.length === 0 && heartbeats === 0,
    'the instance is in service': ({ instanceState }) => instanceState === 'InService',
    'its node carries no mark': ({ cluster }) => {
      const node = cluster.get('nodes', nodeName);
      return node !== undefined && !node.spec.unschedulable && node.metadata.annotations === undefined;
    },
    'all of its pods are there': ({ cluster }) => {
      const pods = podsOnNode(cluster);
      return pods.length === 4 && pods.every(({ metadata }) => metadata.deletionTimestamp === undefined);
    },
  },
};
