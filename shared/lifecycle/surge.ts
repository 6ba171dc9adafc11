import type { DeploymentView } from './deployment.ts';

/** What a drain knows of the pods of a Deployment, and of what it did about them. */
export interface SurgeFacts {
  /** Pods that are ready and not on their way out: on the node, and on others. */
  ready: { here: number; elsewhere: number };
  /** Access modes of the claims that its pods on the node mount; undefined: one of them could not be read. */
  accessModes: readonly string[] | undefined;
  /** What this drain writes into the pod template, the same in all its ticks, so that it does so once. */
  restartedAt: string;
  /** When it did so in this tick; epoch milliseconds. */
  sentAt: number | undefined;
}

export type SurgeTurn =
  | { do: 'restart' }
  /** `until`, in epoch milliseconds: unless it gets on meanwhile, which moves it. */
  | { do: 'wait'; until: number }
  | { do: 'evict'; code: NoSurge };

/** Why its pods are evicted as they are. */
export type NoSurge =
  | 'not-singleton'
  | 'surged'
  | 'stalled'
  | 'leaving'
  | 'paused'
  | 'recreate'
  | 'takes-down-first'
  | 'volume-of-one-node';

/** A rollout that gets nowhere for so long is not waited for. */
export const stallMilliseconds = 120_000;

/**
 * Is another pod to be started before those on the node go? Only where the Deployment's controller then adds one before it removes one:
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment
 */
export function surgeTurn(deployment: DeploymentView, facts: SurgeFacts, now: number): SurgeTurn {
  const ours = deployment.restartedAt === facts.restartedAt;
  const isSingleton = facts.ready.here > 0 && facts.ready.elsewhere === 0;
  if (!ours && !isSingleton) return { do: 'evict', code: 'not-singleton' };
  const obstacle = obstacleOf(deployment, facts);
  if (obstacle) return { do: 'evict', code: obstacle };
  // Whoever began it: the new pods cannot come to a node that is cordoned.
  if (isRolling(deployment)) return waitFor(deployment, facts, now);
  return ours ? { do: 'evict', code: 'surged' } : { do: 'restart' };
}

/** Its controller has not made all pods those of its template yet. */
function isRolling(deployment: DeploymentView): boolean {
  const { generation, observedGeneration, replicas, currentReplicas, updatedReplicas } = deployment;
  return observedGeneration < generation || updatedReplicas < replicas || currentReplicas > updatedReplicas;
}

function waitFor(
  { progressedAt = 0 }: DeploymentView,
  { sentAt = 0, restartedAt }: SurgeFacts,
  now: number,
): SurgeTurn {
  const until = Math.max(progressedAt, sentAt, Date.parse(restartedAt)) + stallMilliseconds;
  return now < until ? { do: 'wait', until } : { do: 'evict', code: 'stalled' };
}

function obstacleOf(deployment: DeploymentView, { accessModes }: SurgeFacts): NoSurge | undefined {
  if (deployment.leaving) return 'leaving';
  if (deployment.paused) return 'paused';
  if (deployment.strategy === 'Recreate') return 'recreate';
  // Where none may be unavailable there is a surge: both cannot be none.
  if (limitsOf(deployment).maxUnavailable > 0) return 'takes-down-first';
  // Two pods on two nodes do not mount it at the same time: https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
  const ofOne = accessModes?.some((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod') ?? true;
  return ofOne ? 'volume-of-one-node' : undefined;
}

/** As the controller resolves them: a surge is rounded up, what may be unavailable down, and both cannot be none. */
export function limitsOf({
  maxSurge,
  maxUnavailable,
  replicas,
}: Pick<DeploymentView, 'maxSurge' | 'maxUnavailable' | 'replicas'>): { maxSurge: number; maxUnavailable: number } {
  const surge = scaled(maxSurge, replicas, Math.ceil);
  const unavailable = scaled(maxUnavailable, replicas, Math.floor);
  return { maxSurge: surge, maxUnavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

function scaled(value: number | string, total: number, round: (value: number) => number): number {
  return typeof value === 'number' ? value : round((Number.parseInt(value, 10) * total) / 100);
}

/** For a person: why its pods are evicted although a surge was wished for. */
export const noSurgeTexts: Readonly<Record<NoSurge, string>> = {
  'not-singleton': 'it has ready pods on other nodes, or none at all',
  surged: 'its new pods are there',
  stalled: 'its rollout got nowhere for two minutes',
  leaving: 'it is being deleted',
  paused: 'it is paused',
  recreate: 'its strategy Recreate removes pods before it adds any',
  'takes-down-first':
    'its rolling update may remove a pod before it adds one: that wants maxUnavailable 0 and maxSurge 1 or more',
  'volume-of-one-node': 'its pods mount a claim that one node at a time can have, or that cannot be read',
};
