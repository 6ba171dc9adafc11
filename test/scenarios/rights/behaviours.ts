import type { Facts } from './facts.ts';

/** What no longer happens without a right, and every fact in which the drain then differs from one with all rights. */
export interface Behaviour {
  fails: string;
  differs: Partial<Facts>;
  /** Where the drain would go on for minutes. */
  stopAfterSeconds?: number;
}

/** The furnished node, drained with all rights. */
export const withAllRights: Facts = {
  end: 'drained-forced',
  cordoned: true,
  marked: { ended: 'drained-forced', forced: ['held-1 (budget held)', 'held-2 (budget held)'] },
  verdicts: {
    agent: 'daemonset-pod',
    freed: 'evictable',
    'held-1': 'evictable',
    'held-2': 'evictable',
    local: 'will-stay-pending',
    orphan: 'orphaned-daemonset-pod',
    plain: 'evictable',
  },
  held: { freed: ['budget'], 'held-1': ['budget'], 'held-2': ['budget', 'not-its-turn'] },
  evicted: ['freed', 'local', 'orphan', 'plain'],
  forced: ['held-1', 'held-2'],
  left: ['agent'],
  attached: [],
  noticed: { budget: 'at once', gone: 'at once' },
  events: [
    'DrainEnded node',
    'DrainStarted node',
    'EvictionBlocked freed',
    'EvictionBlocked held-1',
    'EvictionBlocked held-2',
    'ForceDeleted held-1',
    'ForceDeleted held-2',
  ],
  complaints: [],
};

const { verdicts, held, events } = withAllRights;
const without = (...names: string[]) => events.filter((event) => !names.includes(event));
const nothing = {
  verdicts: {},
  held: {},
  evicted: [],
  forced: [],
  left: Object.keys(verdicts),
  noticed: {},
} satisfies Partial<Facts>;
const nobodyForced = {
  end: 'deadline',
  marked: { ended: 'deadline', forced: [] },
  held: { freed: ['budget'], 'held-1': ['budget', 'refused'], 'held-2': ['budget', 'refused'] },
  forced: [],
  left: ['agent', 'held-1', 'held-2'],
  events: without('ForceDeleted held-1', 'ForceDeleted held-2'),
  complaints: ['delete held back'],
} satisfies Partial<Facts>;
const secondNotForced = {
  end: 'aborted',
  marked: { ended: 'aborted', forced: ['held-1 (budget held)'] },
  forced: ['held-1'],
  left: ['agent', 'held-2'],
  events: without('ForceDeleted held-2'),
} satisfies Partial<Facts>;
const volumesUnknown = {
  end: 'drained-not-detached',
  marked: { ...withAllRights.marked, ended: 'drained-not-detached' },
  verdicts: { ...verdicts, local: 'evictable' },
  attached: ['agent'],
  complaints: ['volume unknown'],
} satisfies Partial<Facts>;
const evictable = Object.keys(verdicts).filter((name) => name !== 'agent');

/** By `verb group/resource`, as infra/rbac grants it. */
export const behaviours: Record<string, Behaviour> = {
  'list nodes': {
    fails: 'no Node is found by its provider ID, and the hook is completed without a drain',
    differs: {
      ...nothing,
      end: 'not-mapped',
      cordoned: false,
      marked: { ended: undefined, forced: [] },
      events: [],
      complaints: ['cluster trouble', 'drain ended'],
    },
  },
  'get nodes': {
    fails:
      'nobody sees what became of the node: no request to stop is heard, and its mark tells neither forced deletes nor the end',
    differs: {
      marked: { ended: undefined, forced: [] },
      events: without('DrainEnded node'),
      complaints: ['end not noted on the node', 'forced delete not noted on the node', 'node not read'],
    },
  },
  'patch nodes': {
    fails: 'the node is not cordoned, and nothing is evicted from it',
    differs: {
      ...nothing,
      end: 'mark-refused',
      cordoned: false,
      marked: { ended: undefined, forced: [] },
      events: ['DrainEnded node'],
      complaints: ['cluster trouble', 'drain ended'],
    },
  },
  'list pods': {
    fails: 'the pods of the node stay unknown, and none is evicted',
    differs: {
      ...nothing,
      end: 'not-mapped',
      marked: { ended: 'not-mapped', forced: [] },
      events: ['DrainEnded node', 'DrainStarted node'],
      complaints: ['cluster trouble', 'drain ended'],
    },
  },
  'watch pods': {
    fails: 'a pod that is gone is noticed late, by the next list',
    differs: { noticed: { budget: 'at once', gone: 'late' }, complaints: ['watch closed'] },
  },
  'get pods': {
    fails: 'a pod that was deleted past its budget is never known to be gone, and the next one waits for five minutes',
    differs: secondNotForced,
    stopAfterSeconds: 22,
  },
  'create pods/eviction': {
    fails: 'no pod is evicted: each says which right is missing, and is deleted at its force moment',
    differs: {
      marked: {
        ended: 'drained-forced',
        forced: ['freed (budget freed)', ...withAllRights.marked.forced, 'local', 'orphan', 'plain'],
      },
      held: {
        ...Object.fromEntries(evictable.map((name) => [name, ['missing-right']])),
        'held-2': ['missing-right', 'not-its-turn'],
      },
      evicted: [],
      forced: evictable,
      noticed: {},
      events: [
        'DrainEnded node',
        'DrainStarted node',
        ...evictable.map((name) => `EvictionBlocked ${name}`),
        ...evictable.map((name) => `ForceDeleted ${name}`),
      ],
      complaints: ['eviction refused', 'pod deleted past its budget', 'right missing'],
    },
  },
  'delete pods': {
    fails: 'what a budget holds past its force moment is still there at the deadline',
    differs: { ...nobodyForced, events },
  },
  'list policy/poddisruptionbudgets': {
    fails: 'nobody knows which budget holds a pod: none is deleted past it, and one that gives way is not noticed',
    differs: { ...nobodyForced, noticed: { budget: 'late', gone: 'at once' } },
  },
  'watch policy/poddisruptionbudgets': {
    fails: 'a budget that gives way is noticed late, by the next list',
    differs: { noticed: { budget: 'late', gone: 'at once' }, complaints: ['watch closed'] },
  },
  'list storage.k8s.io/volumeattachments': {
    fails: 'volumes cannot be seen to be detached, and the drain ends as one whose volumes may not be',
    differs: {
      end: 'drained-not-detached',
      marked: { ...withAllRights.marked, ended: 'drained-not-detached' },
      attached: ['unknown volumes'],
      complaints: ['drain ended'],
    },
  },
  'get persistentvolumeclaims': {
    fails: 'a local volume is not warned of, and the volume of a DaemonSet pod, which stays, is waited for',
    differs: volumesUnknown,
  },
  'get persistentvolumes': {
    fails: 'a local volume is not warned of, and the volume of a DaemonSet pod, which stays, is waited for',
    differs: volumesUnknown,
  },
  'get apps/daemonsets': {
    fails:
      'a pod whose DaemonSet is gone is taken for one whose DaemonSet would put it back, and dies with the instance',
    differs: {
      verdicts: { ...verdicts, orphan: 'daemonset-pod' },
      evicted: ['freed', 'local', 'plain'],
      left: ['agent', 'orphan'],
      complaints: ['DaemonSet unknown'],
    },
  },
  'create events': {
    fails: 'kubectl describe tells nothing of the drain',
    differs: { events: [], complaints: ['event not written'] },
  },
  'get coordination.k8s.io/leases': {
    fails: 'nobody can tell whose turn it is, and no pod is deleted past its budget',
    differs: nobodyForced,
  },
  'create coordination.k8s.io/leases': {
    fails: 'no turn can be taken, and no pod is deleted past its budget',
    differs: nobodyForced,
  },
  'update coordination.k8s.io/leases': {
    fails: 'a turn that is over cannot be taken over, and the second pod of a budget is not deleted',
    differs: {
      ...secondNotForced,
      held: { ...held, 'held-2': ['budget', 'not-its-turn', 'refused'] },
      complaints: ['delete held back'],
    },
    stopAfterSeconds: 22,
  },
};
