import type { ClusterPort } from '../cluster-port.ts';
import { openFactBook } from '../drain/pod-facts.ts';
import type { ApiFailure } from '../lifecycle/api-failure.ts';
import { classifyPod } from '../lifecycle/classify-pod.ts';
import { manualPolicy } from '../lifecycle/manual-options.ts';
import { hostnameOf } from '../lifecycle/mark.ts';
import { type DrainPolicy, defaultPolicy } from '../lifecycle/policy.ts';
import type { VerdictCode } from '../lifecycle/verdict.ts';
import type { Clock, Log } from '../ports.ts';
import type { DrainRequest } from './drain-request.ts';

export interface BlockedPod {
  node: string;
  namespace: string;
  name: string;
  code: VerdictCode;
  reason: string;
}

/**
 * Every pod of every node that forbids its drain, before any node is touched: one of them, and none is drained. The same verdicts as those
 * of the drain.
 */
export async function checkTargets(
  request: DrainRequest,
  {
    cluster,
    clock,
    log,
    policy = defaultPolicy,
  }: { cluster: ClusterPort; clock: Clock; log: Log; policy?: DrainPolicy },
  signal: AbortSignal,
): Promise<{ blocked: BlockedPod[] } | { node: string; failure: ApiFailure }> {
  const asked = manualPolicy(policy, request.options);
  const blocked: BlockedPod[] = [];
  for (const { name } of request.nodes) {
    const node = await cluster.getNode(name, signal);
    if (!node.ok) return { node: name, failure: node.failure };
    const pods = await cluster.listPods(name, signal);
    if (!pods.ok) return { node: name, failure: pods.failure };
    const facts = openFactBook(cluster, hostnameOf(node.value), log);
    await facts.learn(pods.value.items, signal);
    for (const pod of pods.value.items) {
      const unmarked = { instanceGone: false, siblingEvicted: false, settledAt: undefined };
      const known = { ...facts.of(pod), node: node.value, ...unmarked };
      const { kind, code, reason } = classifyPod(pod, known, asked, clock.now());
      if (kind === 'block') blocked.push({ node: name, namespace: pod.namespace, name: pod.name, code, reason });
    }
  }
  return { blocked };
}
