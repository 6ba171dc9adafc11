import { withCondition } from '../conditions.ts';
import { createIndex } from '../store-index.ts';
import { controllerOf, createPod, isPodActive } from './pod-actions.ts';
import { type ControllerContext, createWorkQueue } from './work-queue.ts';

/** Runs the pods of a Job until enough of them have succeeded; one that fails or is deleted is replaced. */
export function startJobs(context: ControllerContext): void {
  const { store, clock } = context;
  const jobs = createIndex(store, 'jobs', ({ metadata }) => metadata.uid);
  const podsByOwner = createIndex(store, 'pods', (pod) => controllerOf(pod)?.uid);

  const reconcile = (uid: string) => {
    const [job] = jobs.of(uid);
    if (!job) return;
    const { completions = 1, parallelism = 1, template } = job.spec;
    const pods = podsByOwner.of(uid);
    const succeeded = pods.filter((pod) => pod.status.phase === 'Succeeded').length;
    const failed = pods.filter((pod) => pod.status.phase === 'Failed').length;
    const active = pods.filter(isPodActive).length;
    const missing = Math.min(parallelism, completions - succeeded) - active;
    for (let n = 0; n < missing; n++) createPod(job, template, { restartPolicy: 'Never' }, context);
    const complete = { type: 'Complete', status: 'True' as const };
    const conditions = succeeded >= completions ? withCondition([], complete, clock.now()) : [];
    store.put('jobs', { ...job, status: { ...job.status, active, succeeded, failed, conditions } });
  };

  const queue = createWorkQueue(context, reconcile);
  for (const job of store.list('jobs')) queue.add(job.metadata.uid);
  const unsubscribe = store.subscribe(({ resource, object }) => {
    if (resource === 'jobs') queue.add(object.metadata.uid);
    const owner = resource === 'pods' ? controllerOf(object) : undefined;
    if (owner?.kind === 'Job') queue.add(owner.uid);
  });
  context.signal.addEventListener('abort', unsubscribe, { once: true });
}
