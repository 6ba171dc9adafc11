import type { UnknownPlan } from './drain-plan.ts';
import type { JudgedPlanPod } from './judge-pods.ts';
import type { SnapshotPart, UnreadPart } from './snapshot.ts';

interface Meaning {
  text: string;
  /** Does it bear on this pod? */
  matters: (judged: JudgedPlanPod) => boolean;
}

const goes = ({ verdict }: JudgedPlanPod) => verdict.kind === 'evict' || verdict.kind === 'block';
const hasClaims = (judged: JudgedPlanPod) => goes(judged) && judged.pod.claims.length > 0;

const meanings: Record<SnapshotPart, Meaning> = {
  budgets: { text: 'which disruption budgets would hold pods', matters: goes },
  claims: { text: 'which volumes pods use, and so where they can go', matters: hasClaims },
  volumes: { text: 'where volumes can be attached', matters: hasClaims },
  daemonSets: {
    text: 'whether DaemonSets of pods still exist',
    matters: ({ pod, verdict }) => pod.controller?.kind === 'DaemonSet' && verdict.code === 'daemonset-pod',
  },
};

/** What could not be read and would have mattered for these pods. */
export function unknownParts(unread: readonly UnreadPart[], judged: readonly JudgedPlanPod[]): UnknownPlan[] {
  return unread
    .filter(({ part }) => judged.some(meanings[part].matters))
    .map(({ part, right, message }) => ({ text: meanings[part].text, ...(right ? { right } : {}), message }));
}

/** Deployments that are to start a pod first, and without which a budget holds for ever: their strategy is not read here. */
export function unknownSurges(workloads: readonly string[]): UnknownPlan[] {
  return [...new Set(workloads)].sort().map((workload) => ({
    text: `whether ${workload} can start another pod before its old one goes`,
    message: 'it can with RollingUpdate, a maxUnavailable that comes to 0 and a maxSurge of at least 1',
  }));
}
