import type { ClusterPort } from '../cluster-port.ts';
import { evictPod } from '../drain/evict-pod.ts';
import { openFactBook } from '../drain/pod-facts.ts';
import { drainId } from '../drain/session.ts';
import type { ApiFailure } from '../lifecycle/api-failure.ts';
import { classifyPod } from '../lifecycle/classify-pod.ts';
import { graceOf } from '../lifecycle/deadline.ts';
import { manualPolicy } from '../lifecycle/manual-options.ts';
import { hostnameOf, type MarkPatch, markPatch } from '../lifecycle/mark.ts';
import type { NodeView } from '../lifecycle/node.ts';
import { type DrainPolicy, defaultPolicy } from '../lifecycle/policy.ts';
import type { Clock, Log } from '../ports.ts';
import { actionOf, type DrainRequest } from './drain-request.ts';

/** What the API server would have answered, one line a request; nothing was changed. */
export interface DryRunLine {
  node: string;
  /** As `namespace/name`; undefined: the cordon of the node. */
  pod?: string;
  does: 'cordon' | 'evict' | 'delete' | 'block';
  accepted: boolean;
  text: string;
}

/**
 * Sends each request of the drain with `dryRun=All`, as `kubectl drain --dry-run=server` does: admission and disruption budgets answer, and
 * nothing is kept. Budgets answer as they stand now, each pod for itself.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run
 */
export async function dryRun(
  request: DrainRequest,
  ports: { cluster: ClusterPort; clock: Clock; log: Log; policy?: DrainPolicy },
  signal: AbortSignal,
): Promise<{ lines: DryRunLine[] } | { node: string; failure: ApiFailure }> {
  const lines: DryRunLine[] = [];
  for (const { name } of request.nodes) {
    const ofNode = await dryRunNode(request, name, ports, signal);
    if ('failure' in ofNode) return { node: name, failure: ofNode.failure };
    lines.push(...ofNode.lines);
  }
  return { lines };
}

/** The patch that the drain would send. */
function markOf(request: DrainRequest, node: NodeView, now: number): MarkPatch {
  const action = actionOf(request, { name: node.name, instanceId: node.name, zone: undefined });
  const at = new Date(now).toISOString();
  const times = { startedAt: at, deadlineAt: at, endsAt: at, markedAt: at, seenAt: at };
  return markPatch(node, { drain: drainId({ action }), execution: 'dry-run', ...times }).patch;
}

async function dryRunNode(
  request: DrainRequest,
  name: string,
  {
    cluster,
    clock,
    log,
    policy = defaultPolicy,
  }: { cluster: ClusterPort; clock: Clock; log: Log; policy?: DrainPolicy },
  signal: AbortSignal,
): Promise<{ lines: DryRunLine[] } | { failure: ApiFailure }> {
  const asked = manualPolicy(policy, request.options);
  const node = await cluster.getNode(name, signal);
  if (!node.ok) return { failure: node.failure };
  const pods = await cluster.listPods(name, signal);
  if (!pods.ok) return { failure: pods.failure };
  const cordon = await cluster.patchNode(name, markOf(request, node.value, clock.now()), signal, { dryRun: true });
  const lines: DryRunLine[] = [
    cordon.ok
      ? { node: name, does: 'cordon', accepted: true, text: node.value.unschedulable ? 'cordoned already' : 'cordoned' }
      : { node: name, does: 'cordon', accepted: false, text: cordon.failure.message },
  ];
  const facts = openFactBook(cluster, hostnameOf(node.value), log);
  await facts.learn(pods.value.items, signal);
  for (const pod of pods.value.items) {
    const unmarked = { instanceGone: false, siblingEvicted: false, settledAt: undefined };
    const verdict = classifyPod(pod, { ...facts.of(pod), node: node.value, ...unmarked }, asked, clock.now());
    const line = { node: name, pod: `${pod.namespace}/${pod.name}` };
    if (verdict.kind === 'block') lines.push({ ...line, does: 'block', accepted: false, text: verdict.reason });
    if (verdict.kind !== 'evict') continue;
    const grace = graceOf(pod, asked);
    const options = { graceSeconds: grace === pod.graceSeconds ? undefined : grace, dryRun: true };
    const outcome = await evictPod(pod, options, cluster, signal, asked.disableEviction);
    const accepted = outcome.kind === 'accepted' || outcome.kind === 'gone';
    const text = 'text' in outcome ? outcome.text : outcome.kind;
    lines.push({ ...line, does: asked.disableEviction ? 'delete' : 'evict', accepted, text });
  }
  return { lines };
}
