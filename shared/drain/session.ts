import { isHookAction, type LifecycleAction } from '../lifecycle/action.ts';
import type { End } from '../lifecycle/end.ts';
import type { NoticePolicy } from '../lifecycle/notice-policy.ts';
import type { PodFacts } from '../lifecycle/pod-rules.ts';
import type { DrainPolicy } from '../lifecycle/policy.ts';
import type { DrainReport } from '../lifecycle/report.ts';
import { newReport } from '../lifecycle/report-draft.ts';
import type { TickInput, TickState, TickSummary } from '../lifecycle/tick.ts';
import type { OurHooks } from '../lifecycle/verify-action.ts';
import type {
  AutoScalingPort,
  Clock,
  ClusterDirectoryPort,
  ComputePort,
  HookView,
  LoadBalancerPort,
  Log,
  MetricsPort,
  ReportPort,
} from '../ports.ts';
import { withFields } from './with-fields.ts';

export interface TickPorts {
  autoScaling: AutoScalingPort;
  clusters: ClusterDirectoryPort;
  compute: ComputePort;
  loadBalancers: LoadBalancerPort;
  reports: ReportPort;
  clock: Clock;
  log: Log;
  metrics: MetricsPort<'terminate'>;
  /** In [0, 1): jitter. */
  random: () => number;
}

export interface TickSettings {
  ours: OurHooks;
  /** Used when neither the hook's metadata nor the group's tags name a cluster. */
  clusterName: string | undefined;
  policy: DrainPolicy;
  notices: NoticePolicy;
}

/** How long this tick may take, which is not how long the drain may take. */
export interface TickLimit {
  /** Epoch milliseconds: nothing new is started after it. */
  endsAt: number;
  /** Aborts what is under way. */
  signal: AbortSignal;
}

/** One tick at work. Only `state` and `report` outlive it. */
export interface Session {
  input: TickInput;
  settings: TickSettings;
  ports: TickPorts;
  limit: TickLimit;
  state: TickState;
  report: DrainReport;
  reportKey: string;
  /** Whether what earlier ticks noted was looked for. */
  reportTaken: boolean;
  /** undefined until it is verified. */
  hook: HookView | undefined;
  /** What a notice without a hook means; undefined of a hook, and until it is verified. */
  notice: NoticeMeaning | undefined;
  /** What in the hook's metadata cannot be used. */
  optionProblems: readonly string[];
  /** Keys in it that are no options of ours, though others are. */
  unknownOptions: readonly string[];
  /** The group keeps an instance whose termination is abandoned. */
  retains: boolean;
  /** Auto Scaling says that our action is no longer active. */
  hookLost: boolean;
  instanceGone: PodFacts['instanceGone'];
  /** Of the cluster; undefined: not known. */
  vpcId: string | undefined;
  /** Events on their way: awaited before the tick answers, since a Lambda is frozen then. */
  courtesies: Promise<void>[];
}

/** What is to be done since an instance goes that nobody pauses for us. */
export interface NoticeMeaning {
  /** Epoch milliseconds; undefined: nobody knows, or it may stay. */
  goesAt: number | undefined;
  does: 'warn' | 'cordon' | 'drain';
  /** For a person. */
  text: string;
  /** The instance goes, whatever becomes of the drain. */
  certain: boolean;
}

/** What a stage came to when the tick ends with it. */
export type Turn = { again: number; phase: TickSummary['phase']; text: string; podsLeft?: number } | { end: End };

export function openSession(input: TickInput, settings: TickSettings, ports: TickPorts, limit: TickLimit): Session {
  const state: TickState = input.state ? structuredClone(input.state) : firstState(ports.clock.now());
  state.ticks += 1;
  const log = withFields(ports.log, () => ({
    drain: drainId(input),
    execution: input.execution,
    instance: input.action.instanceId,
    cluster: state.clusterName ?? undefined,
    node: state.nodeName ?? undefined,
  }));
  return {
    input,
    settings,
    ports: { ...ports, log },
    limit,
    state,
    report: newReport(input.execution, input.action, state.startedAt),
    hook: undefined,
    notice: undefined,
    optionProblems: [],
    unknownOptions: [],
    retains: false,
    reportKey: drainId(input),
    reportTaken: false,
    hookLost: false,
    instanceGone: false,
    vpcId: undefined,
    courtesies: [],
  };
}

/** One drain, whatever the number of its executions: claims and reports go by it. */
export function drainId({ action }: Pick<TickInput, 'action'>): string {
  return isHookAction(action)
    ? `${action.instanceId}-${action.token}`
    : `${action.instanceId}-${action.kind}-${lastPart(askedBy(action))}`;
}

/** What tells this drain of an instance from others of it. */
export function askedBy(action: LifecycleAction): string {
  if (isHookAction(action)) return action.token;
  return action.kind === 'manual' ? action.requestId : action.noticeId;
}

/** Of a drain that starts now, in epoch milliseconds. */
export function firstState(now: number): TickState {
  return {
    version: 1,
    startedAt: now,
    ticks: 0,
    clusterName: null,
    nodeName: null,
    heartbeatAt: null,
    noNodeLooks: 0,
    troubleSince: null,
    trouble: null,
    troubleKind: null,
    noActionSince: null,
    emptyAt: null,
    progressAt: now,
    extendedUntil: null,
    handedAt: null,
    healthyLooks: 0,
    marked: false,
    markSentAt: null,
    cordonedAt: null,
    counts: { evicted: 0, forced: 0, blocked: 0, heartbeats: 0 },
  };
}

/** Of the ARN of a Health event what names it; EventBridge's own ids have no parts. */
function lastPart(noticeId: string): string {
  return (noticeId.split('/').at(-1) ?? noticeId).replace(/[^\w-]+/g, '-').slice(-80);
}
