import { instanceGoes } from './must.ts';
import type { Scenario } from './scenario.ts';

export const neverJoined: Scenario = {
  name: 'never-joined',
  title: 'an instance that never became a Node is let go after a second look',
  shows: 'There is nothing to drain; one look may be too early, so the state machine waits for a second one.',
  workloads: [],
  joined: false,
  must: {
    ...instanceGoes('no-node'),
    'no other node was touched': ({ cluster }) => cluster.list('nodes').every(({ spec }) => !spec.unschedulable),
  },
};
