import type { PodView } from './pod.ts';
import { type PodFacts, podRules } from './pod-rules.ts';
import type { DrainPolicy } from './policy.ts';
import type { Verdict } from './verdict.ts';

/**
 * The verdict on one pod. The first rule that matches wins, except that a pod that would be evicted with a warning is still blocked by a
 * later rule: `--force` gives leave to lose a controller, not to lose data.
 */
export function classifyPod(pod: PodView, facts: PodFacts, policy: DrainPolicy, now: number): Verdict {
  let evict: Verdict | undefined;
  for (const rule of podRules) {
    const verdict = rule(pod, facts, policy, now);
    if (verdict && (!evict || verdict.kind === 'block')) {
      if (verdict.kind !== 'evict') return verdict;
      evict = verdict;
    }
  }
  return (
    evict ?? {
      kind: 'evict',
      code: 'evictable',
      reason: `${pod.controller?.kind} ${pod.controller?.name} replaces it elsewhere`,
    }
  );
}
