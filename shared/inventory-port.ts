import type { ApiAnswer } from './lifecycle/api-failure.ts';
import type { PlanClaim, PlanDaemonSet, PlanNode, PlanPod, PlanVolume } from './plan/snapshot.ts';

/**
 * What plans read of a cluster, in whole lists and nothing but reads. Every method answers with a value or an ApiFailure; it throws only for
 * its caller's own abort.
 */
export interface InventoryPort {
  /** `selector` in the notation of `kubectl -l`; the server says with a 400 what is wrong with it. */
  listNodes(selector: string | undefined, signal: AbortSignal): Promise<ApiAnswer<PlanNode[]>>;
  /** Of all namespaces, without those that have finished. */
  listPods(signal: AbortSignal): Promise<ApiAnswer<PlanPod[]>>;
  listClaims(signal: AbortSignal): Promise<ApiAnswer<PlanClaim[]>>;
  listVolumes(signal: AbortSignal): Promise<ApiAnswer<PlanVolume[]>>;
  listDaemonSets(signal: AbortSignal): Promise<ApiAnswer<PlanDaemonSet[]>>;
}
