import type { HookAction } from '../../../shared/lifecycle/action.ts';
import type { ApiAnswer, ApiFailure } from '../../../shared/lifecycle/api-failure.ts';
import { type Attempt, noAttempt } from '../../../shared/lifecycle/attempt.ts';
import type { JudgedPod, Observation } from '../../../shared/lifecycle/decide.ts';
import type { Mark } from '../../../shared/lifecycle/mark.ts';
import type { BudgetView, LabelSelectorView, NodeView } from '../../../shared/lifecycle/node.ts';
import type { OwnerView, PodView } from '../../../shared/lifecycle/pod.ts';
import type { PodFacts } from '../../../shared/lifecycle/pod-rules.ts';
import { type DrainPolicy, defaultPolicy } from '../../../shared/lifecycle/policy.ts';
import type { Verdict, VerdictCode, VerdictKind } from '../../../shared/lifecycle/verdict.ts';

/** When everything happens, in epoch milliseconds. */
export const now = Date.parse('2026-03-01T08:00:00Z');
export const seconds = 1000;
export const minutes = 60_000;

export const nodeName = 'ip-10-0-1-10.ec2.internal';

const replicaSet: OwnerView = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-5d8', uid: 'uid-web-5d8' };
export const daemonSet: OwnerView = { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', uid: 'uid-agent' };

/** A Running and Ready pod of a Deployment. */
export function aPod(view: Partial<PodView> = {}): PodView {
  const name = view.name ?? 'web-1';
  const controller = 'controller' in view ? view.controller : replicaSet;
  return {
    namespace: 'default',
    name,
    uid: `uid-${name}`,
    nodeName,
    phase: 'Running',
    ready: true,
    labels: { app: 'web' },
    annotations: {},
    controller,
    owners: controller ? [controller] : [],
    priorityClassName: undefined,
    graceSeconds: 30,
    createdAt: now - 60 * minutes,
    startedAt: now - 60 * minutes,
    deletionAt: undefined,
    deletionGraceSeconds: undefined,
    finalizers: [],
    localDataVolumes: [],
    claims: [],
    toleratesUnschedulable: false,
    ...view,
  };
}

/** Allows one disruption of the pods with the label `app: web`. */
export function aBudget(view: Partial<BudgetView> = {}): BudgetView {
  const name = view.name ?? 'web';
  return {
    namespace: 'default',
    name,
    uid: `uid-${name}`,
    selector: aSelector({ app: 'web' }),
    minAvailable: undefined,
    maxUnavailable: 1,
    disruptionsAllowed: 1,
    currentHealthy: 3,
    desiredHealthy: 2,
    expectedPods: 3,
    generation: 1,
    observedGeneration: 1,
    unhealthyPodEvictionPolicy: undefined,
    ...view,
  };
}

export function aSelector(
  matchLabels: LabelSelectorView['matchLabels'] = {},
  ...matchExpressions: LabelSelectorView['matchExpressions']
): LabelSelectorView {
  return { matchLabels, matchExpressions };
}

export function aNode(view: Partial<NodeView> = {}): NodeView {
  return {
    name: nodeName,
    uid: 'uid-node',
    resourceVersion: '7',
    providerId: 'aws:///us-east-1a/i-05629ab7d9287e205',
    unschedulable: false,
    labels: { 'kubernetes.io/hostname': nodeName },
    annotations: {},
    ready: 'True',
    readySince: now - 600 * minutes,
    taints: [],
    volumesAttached: [],
    ...view,
  };
}

/** What a drain writes when it marks a node. */
export const aClaim = {
  drain: 'i-1-token',
  execution: 'i-1-token',
  startedAt: '2026-03-01T08:00:00.000Z',
  deadlineAt: '2026-03-01T08:59:00.000Z',
  endsAt: '2026-03-01T09:04:00.000Z',
  markedAt: '2026-03-01T08:00:05.000Z',
  seenAt: '2026-03-01T08:00:05.000Z',
} satisfies Omit<Mark, 'version' | 'ours'>;

export function aMark(mark: Partial<Mark> = {}): Mark {
  return { version: 1, ...aClaim, ours: { label: true, cordon: true }, ...mark };
}

export function aPolicy(policy: Partial<DrainPolicy> = {}): DrainPolicy {
  return { ...defaultPolicy, ...policy };
}

/** Someone asked: the default there is to stop at the deadline. */
export function aManualPolicy(policy: Partial<DrainPolicy> = {}): DrainPolicy {
  return aPolicy({ mode: 'manual', onDeadline: 'stop', ...policy });
}

/** A healthy node whose cordon settled a minute ago. */
export function someFacts(facts: Partial<PodFacts> = {}): PodFacts {
  return {
    node: aNode(),
    instanceGone: false,
    daemonSetGone: false,
    localVolume: false,
    settledAt: now - minutes,
    siblingEvicted: false,
    ...facts,
  };
}

const codes: Record<VerdictKind, VerdictCode> = {
  ignore: 'finished',
  stay: 'daemonset-pod',
  evict: 'evictable',
  wait: 'do-not-disrupt',
  stuck: 'stuck-terminating',
  bounce: 'bounce',
  block: 'local-data',
};

export function judged(kind: VerdictKind = 'evict', view: Partial<PodView> = {}): JudgedPod {
  return { pod: aPod(view), verdict: { kind, code: codes[kind], reason: `it is to ${kind}` } };
}

export function sayVerdict({ kind, code, warning }: Verdict): string {
  return `${kind} ${code}${warning ? ', warned' : ''}`;
}

export function anAttempt(attempt: Partial<Attempt> = {}): Attempt {
  return { ...noAttempt, ...attempt };
}

/** An eviction that the budget refused, some time ago. */
export function aRefusal(at: number, attempt: Partial<Attempt> = {}): Attempt {
  const last = { kind: 'budget', text: 'The disruption budget web needs 2 healthy pods and has 2 currently' } as const;
  return anAttempt({
    tries: 1,
    triesInARow: 1,
    triedAt: at,
    refusedAt: at,
    notBefore: at + 30 * seconds,
    last,
    ...attempt,
  });
}

/** Nothing tried yet, ten requests may be in flight, an hour is left. */
export function anObservation(
  pods: readonly JudgedPod[],
  seen: Partial<Omit<Observation, 'pods' | 'attempts'>> & { attempts?: Record<string, Attempt> } = {},
): Observation {
  const { attempts = {}, ...rest } = seen;
  const deadlineAt = rest.deadlineAt ?? now + 60 * minutes;
  return {
    pods,
    attempts: new Map(Object.entries(attempts)),
    budgets: [],
    inFlightLimit: 10,
    endsAt: deadlineAt,
    ...rest,
    deadlineAt,
  };
}

export function aFailure(failure: Partial<ApiFailure> = {}): ApiFailure {
  return {
    code: 500,
    reason: undefined,
    message: '',
    causes: [],
    detailsKind: undefined,
    retryAfterSeconds: undefined,
    ...failure,
  };
}

export function failed(failure: Partial<ApiFailure> = {}): Extract<ApiAnswer<never>, { ok: false }> {
  return { ok: false, failure: aFailure(failure) };
}

export function anAction(action: Partial<HookAction> = {}): HookAction {
  return {
    version: 1,
    kind: 'terminate',
    account: '123456789012',
    region: 'us-east-1',
    instanceId: 'i-05629ab7d9287e205',
    groupName: 'example-asg',
    hookName: 'drain-hook',
    token: '87654321-4321-4321-4321-210987654321',
    origin: 'AutoScalingGroup',
    destination: 'EC2',
    ...action,
  };
}
