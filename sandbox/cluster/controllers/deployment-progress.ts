import { withCondition } from '../conditions.ts';
import type { Condition, Workload } from '../objects.ts';
import { timestamp } from '../timestamp.ts';

/** undefined: nothing has got on since it was written last. https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progressing-deployment */
export function progressOf(
  { spec, status }: Workload,
  current: Workload | undefined,
  counts: Record<'replicas' | 'updatedReplicas' | 'readyReplicas' | 'availableReplicas', number>,
  nowMs: number,
): Condition | undefined {
  const before = ((status.conditions ?? []) as Condition[]).find(({ type }) => type === 'Progressing');
  const was = (field: keyof typeof counts) => Number(status[field] ?? 0);
  const wanted = spec.replicas ?? 1;
  const isComplete = [counts.replicas, counts.updatedReplicas, counts.availableReplicas].every((n) => n === wanted);
  const reason = isComplete ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated';
  const message = `ReplicaSet "${current?.metadata.name}" ${isComplete ? 'has successfully progressed' : 'is progressing'}.`;
  const getsOn =
    counts.updatedReplicas > was('updatedReplicas') ||
    counts.replicas - counts.updatedReplicas < was('replicas') - was('updatedReplicas') ||
    counts.readyReplicas > was('readyReplicas') ||
    counts.availableReplicas > was('availableReplicas');
  if (before?.message === message && (before.reason === 'NewReplicaSetAvailable' || !getsOn)) return undefined;
  const [progressing] = withCondition(
    before ? [before] : [],
    { type: 'Progressing', status: 'True', reason, message },
    nowMs,
  );
  return progressing && { ...progressing, lastUpdateTime: timestamp(nowMs) };
}
