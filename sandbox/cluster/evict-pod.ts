import { conditionOf, isPodReady, withCondition } from './conditions.ts';
import { checkPreconditions, type DeleteOptions, deleteObject, type WriteContext } from './delete-object.ts';
import type { Budget, Pod } from './objects.ts';
import { resourceNamed } from './resources.ts';
import { matchesSelector } from './selectors.ts';
import { badRequest, notFound, StatusError } from './status-error.ts';
import { timestamp } from './timestamp.ts';

const pods = resourceNamed('pods');
/** Of a budget, not yet confirmed by the controller. */
const MOST_DISRUPTED_PODS = 2000;

/**
 * The eviction subresource: deletes a pod if its disruption budget, of which there may be one, has room. Throws the
 * server's refusals. https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
 */
export function evictPod(
  namespace: string,
  name: string,
  body: unknown,
  dryRun: boolean,
  context: WriteContext,
): object {
  const eviction = body as { metadata?: { name?: string }; deleteOptions?: DeleteOptions } | undefined;
  if (eviction?.metadata?.name !== name) throw badRequest('name in URL does not match name in Eviction object');
  context.validate?.(dryRun);
  const pod = context.store.get('pods', namespace, name);
  if (!pod) throw notFound(pods, name);
  const given = eviction.deleteOptions ?? {};
  const isDryRun = dryRun || Boolean(given.dryRun?.length);
  const options: DeleteOptions = isDryRun ? { ...given, dryRun: ['All'] } : given;
  if (pod.status.phase === 'Running' && pod.metadata.deletionTimestamp === undefined) {
    admit(pod, isDryRun, context);
  }
  checkPreconditions(pod, pods, options);
  const { store, nowMs } = context;
  // Without `validate`: a webhook on DELETE pods does not see evictions.
  deleteObject(isDryRun ? pod : markAsTarget(pod, context), pods, withoutVersion(options), { store, nowMs });
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };
}

/** Spends one disruption of the pod's budget. It stays spent when the deletion is then refused by a precondition. */
function admit(pod: Pod, isDryRun: boolean, context: WriteContext): void {
  const budgets = context.store
    .list('poddisruptionbudgets', pod.metadata.namespace)
    .filter((budget) => matchesSelector(budget.spec.selector, pod.metadata.labels));
  const [budget, second] = budgets;
  if (second) {
    const text = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
    throw new StatusError(500, text);
  }
  if (!budget) return;
  if (!isPodReady(pod) && mayEvictUnready(budget)) return;
  const spent = spend(budget, pod.metadata.name, context.nowMs);
  if (!isDryRun) context.store.put('poddisruptionbudgets', spent);
}

function mayEvictUnready({ spec, status }: Budget): boolean {
  if (spec.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  return status.currentHealthy >= status.desiredHealthy && status.desiredHealthy > 0;
}

function spend(budget: Budget, podName: string, nowMs: number): Budget {
  const { metadata, status } = budget;
  if ((status.observedGeneration ?? 0) < (metadata.generation ?? 0)) {
    throw refusal(`The disruption budget ${metadata.name} is still being processed by the server.`, 10);
  }
  if (status.disruptionsAllowed < 0) throw forbidden(metadata.name, 'pdb disruptions allowed is negative');
  if (Object.keys(status.disruptedPods ?? {}).length > MOST_DISRUPTED_PODS) {
    throw forbidden(metadata.name, 'DisruptedPods map too big - too many evictions not confirmed by PDB controller');
  }
  if (status.disruptionsAllowed === 0) throw refusal(whyNoneAllowed(budget));
  const disruptionsAllowed = status.disruptionsAllowed - 1;
  const next = {
    ...status,
    disruptionsAllowed,
    disruptedPods: { ...status.disruptedPods, [podName]: timestamp(nowMs) },
  };
  if (disruptionsAllowed > 0) return { ...budget, status: next };
  const condition = disruptionCondition(metadata.generation, disruptionsAllowed);
  return { ...budget, status: { ...next, conditions: withCondition(status.conditions, condition, nowMs) } };
}

function forbidden(budget: string, text: string): StatusError {
  const details = { name: budget, group: 'policy', kind: 'poddisruptionbudget' };
  const message = `poddisruptionbudget.policy "${budget}" is forbidden: ${text}`;
  return new StatusError(403, message, { reason: 'Forbidden', details });
}

/** The DisruptionAllowed condition that goes with a number of disruptions. */
export function disruptionCondition(generation: number | undefined, disruptionsAllowed: number) {
  const [status, reason] = disruptionsAllowed > 0 ? ['True', 'SufficientPods'] : ['False', 'InsufficientPods'];
  const observed = generation === undefined ? {} : { observedGeneration: generation };
  return {
    type: 'DisruptionAllowed',
    status: status as 'True' | 'False',
    ...observed,
    reason: reason ?? '',
    message: '',
  };
}

function whyNoneAllowed(budget: Budget): string {
  const { name } = budget.metadata;
  const { currentHealthy, desiredHealthy } = budget.status;
  const condition = conditionOf(budget, 'DisruptionAllowed');
  const said = condition?.status === 'False' ? condition.message : undefined;
  const sentence = `The disruption budget ${name}`;
  if (said && condition?.reason === 'SyncFailed') {
    return `${sentence} does not allow evicting pods currently because it failed sync: ${said}`;
  }
  if (currentHealthy <= desiredHealthy) {
    return `${sentence} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`;
  }
  return `${sentence} does not allow evicting pods currently${said ? ` (${condition?.reason}): ${said}` : ''}`;
}

function refusal(cause: string, retryAfterSeconds?: number): StatusError {
  return new StatusError(429, "Cannot evict pod as it would violate the pod's disruption budget.", {
    reason: 'TooManyRequests',
    details: {
      causes: [{ reason: 'DisruptionBudget', message: cause }],
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    },
  });
}

function markAsTarget(pod: Pod, { store, nowMs }: WriteContext): Pod {
  const condition = {
    type: 'DisruptionTarget',
    status: 'True' as const,
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  };
  const conditions = withCondition(pod.status.conditions, condition, nowMs);
  return store.put('pods', { ...pod, status: { ...pod.status, conditions } });
}

/** The precondition was checked against the pod as it was before its condition was set. */
function withoutVersion(options: DeleteOptions): DeleteOptions {
  const { resourceVersion: _, ...preconditions } = options.preconditions ?? {};
  return { ...options, preconditions };
}
