import { attachedVolume, nodeName, statefulSet } from './manifests.ts';
import { instanceGoes, nobodyWasForced, onlyStayingPodsAreLeft, secondOf } from './must.ts';
import type { Scenario } from './scenario.ts';

const detachSeconds = 8;

export const statefulVolume: Scenario = {
  name: 'stateful-volume',
  title: 'the instance waits until the volume of its last pod is detached',
  shows:
    'An instance that goes with a volume attached costs its next pod minutes: the hook is completed after the detachment.',
  workloads: [statefulSet('db', 'data'), ...attachedVolume('data-db-0', nodeName, `${detachSeconds}s`)],
  must: {
    ...instanceGoes('drained'),
    ...onlyStayingPodsAreLeft,
    ...nobodyWasForced,
    'the volume is detached': ({ cluster }) => cluster.list('volumeattachments').length === 0,
    'the hook was not completed before': (outcome) => {
      const at = (what: string) => outcome.report?.timeline.findLast((entry) => entry.what === what)?.at;
      return secondOf(at('completing'), outcome) - secondOf(at('gone'), outcome) > detachSeconds / 2;
    },
  },
};
