import type { ClusterPort } from '../cluster-port.ts';
import { openFactBook } from '../drain/pod-facts.ts';
import type { ApiFailure } from '../lifecycle/api-failure.ts';
import { classifyPod } from '../lifecycle/classify-pod.ts';
import type { Diagnosis } from '../lifecycle/diagnosis.ts';
import { manualPolicy } from '../lifecycle/manual-options.ts';
import { hostnameOf, type Mark, readMark, stopAnnotation } from '../lifecycle/mark.ts';
import type { NodeView } from '../lifecycle/node.ts';
import type { PodView } from '../lifecycle/pod.ts';
import { type DrainPolicy, defaultPolicy } from '../lifecycle/policy.ts';
import type { DrainReport } from '../lifecycle/report.ts';
import type { VerdictKind } from '../lifecycle/verdict.ts';
import type { Clock, Log, ReportPort } from '../ports.ts';
import { heldNow } from './held-now.ts';

/** Where the drain of one node stands; instants are ISO 8601. */
export interface DrainStatus {
  version: 1;
  node: string;
  /** `silent`: it has not ended, and gave no sign for ten minutes. */
  phase: 'none' | 'queued' | 'draining' | 'stopping' | 'silent' | 'ended';
  drain?: string;
  execution?: string;
  startedAt?: string;
  deadlineAt?: string;
  /** The deadline, or later while a forced delete of another drain is waited for. */
  endsAt?: string;
  seenAt?: string;
  /** The end's reason. */
  ended?: string;
  /** Nothing says that the instance goes: it was asked for by hand, or may yet stay. */
  byHand: boolean;
  cordoned: boolean;
  pods: { evictable: number; staying: number; terminating: number; gone: number };
  /** What holds pods now, by cause. */
  blocked: Diagnosis[];
  heartbeatAt?: string;
}

const claimMilliseconds = 600_000;

export interface StatusPorts {
  cluster: ClusterPort;
  clock: Clock;
  log: Log;
  /** Where drains keep their reports; undefined: nobody knows, and less can be told. */
  reports?: Pick<ReportPort, 'load'>;
  /** By which pods are judged; undefined: by what the report says that was asked for, else as a drain is by default. */
  policy?: DrainPolicy;
}

/** By the node's mark, its pods and what the drain noted last; it asks for no right that a drain has not. */
export async function drainStatus(
  name: string,
  { cluster, clock, log, reports, policy }: StatusPorts,
  signal: AbortSignal,
): Promise<DrainStatus | { failure: ApiFailure }> {
  const [node, pods, budgets] = await Promise.all([
    cluster.getNode(name, signal),
    cluster.listPods(name, signal),
    cluster.listBudgets(signal),
  ]);
  if (!node.ok) return { failure: node.failure };
  if (!pods.ok) return { failure: pods.failure };
  const mark = readMark(node.value.annotations);
  const report = mark && (await reports?.load(mark.drain, signal).catch(() => undefined)); // it tells more, and is not needed
  const asked = policy ?? policyOf(report);
  const facts = openFactBook(cluster, hostnameOf(node.value), log);
  await facts.learn(pods.value.items, signal);
  const kindOf = (pod: PodView): VerdictKind => {
    const unknown = { instanceGone: false, siblingEvicted: false, settledAt: undefined };
    return classifyPod(pod, { ...facts.of(pod), node: node.value, ...unknown }, asked, clock.now()).kind;
  };
  const judged = pods.value.items.map((pod) => ({ pod, kind: kindOf(pod) }));
  const going = judged.filter(({ kind }) => kind === 'evict' || kind === 'wait').map(({ pod }) => pod);
  const held = going.filter(({ deletionAt }) => deletionAt === undefined);
  return {
    version: 1,
    node: name,
    ...markFields(node.value, mark, clock.now()),
    cordoned: node.value.unschedulable,
    pods: {
      evictable: held.length,
      terminating: going.length - held.length,
      staying: judged.filter(({ kind }) => kind === 'stay').length,
      gone: report?.pods.filter(({ goneAt }) => goneAt !== undefined).length ?? 0,
    },
    blocked: heldNow(held, budgets.ok ? budgets.value.items : [], report?.stuck),
    ...(report?.heartbeats.at(-1) === undefined ? {} : { heartbeatAt: report.heartbeats.at(-1) as string }),
  };
}

function policyOf(report: DrainReport | undefined): DrainPolicy {
  return report?.action.kind === 'manual' ? manualPolicy(defaultPolicy, report.action.options) : defaultPolicy;
}

function markFields(node: NodeView, mark: Mark | undefined, now: number) {
  if (!mark) return { phase: 'none' as const, byHand: false };
  const { drain, execution, startedAt, deadlineAt, endsAt, seenAt, ended, queued, yields } = mark;
  const common = { drain, execution, seenAt, byHand: yields === true, ...(ended === undefined ? {} : { ended }) };
  if (queued) return { ...common, phase: 'queued' as const };
  return { ...common, phase: phaseOf(node, mark, now), startedAt, deadlineAt, endsAt };
}

function phaseOf(node: NodeView, { ended, seenAt }: Mark, now: number): DrainStatus['phase'] {
  if (ended !== undefined) return 'ended';
  if (now - Date.parse(seenAt) >= claimMilliseconds) return 'silent';
  return stopAnnotation in node.annotations ? 'stopping' : 'draining';
}
