import { severities } from './audit/finding.ts';
import type { NoticeAction } from './lifecycle/action.ts';
import type { EndReason } from './lifecycle/end.ts';
import type { TroubleKind } from './lifecycle/ends.ts';
import type { Refusal } from './lifecycle/eviction-answer.ts';
import type { LaunchEnd } from './lifecycle/launch.ts';

export const metricsNamespace = 'eks-node-lifecycle';

export type Service = 'intake' | 'terminate' | 'launch' | 'drain' | AuditService;
export type AuditService = 'cluster-audit' | 'subnet-audit' | 'audit-log';

/** A dimension's values; `open`: nobody knows them before a deployment runs. */
type Values = readonly string[] | 'open';

export interface CatalogueEntry {
  unit: 'Count' | 'Seconds' | 'Bytes';
  /** Each writes it under its own name, in the dimension `service`. */
  from: readonly Service[];
  /** The dimensions beside `service`, one set for each way in which it is written. */
  by: readonly Readonly<Record<string, Values>>[];
}

const drainEnds = valuesOf<EndReason>({
  drained: 1,
  'drained-forced': 1,
  'drained-not-detached': 1,
  deadline: 1,
  'no-node': 1,
  'cluster-gone': 1,
  'cluster-unreachable': 1,
  'not-mapped': 1,
  'mark-refused': 1,
  failed: 1,
  'already-resolved': 1,
  aborted: 1,
  'handed-over': 1,
  cordoned: 1,
  warned: 1,
  ignored: 1,
});
const launchEnds = valuesOf<LaunchEnd['reason']>({
  ready: 1,
  'never-ready': 1,
  'never-ready-kept': 1,
  'to-warm-pool': 1,
  'cluster-gone': 1,
  'instance-gone': 1,
  'already-resolved': 1,
  ignored: 1,
});
const refusals = valuesOf<Refusal>({
  budget: 1,
  'budget-not-processed': 1,
  'two-budgets': 1,
  'namespace-terminating': 1,
  admission: 1,
  'webhook-down': 1,
  'missing-right': 1,
});
const troubles = valuesOf<TroubleKind>({ 'cluster-unreachable': 1, 'not-mapped': 1, 'mark-refused': 1 });
const notices = valuesOf<NoticeAction['kind']>({
  'spot-interruption': 1,
  rebalance: 1,
  'state-change': 1,
  'scheduled-change': 1,
});
const audits = ['cluster-audit', 'subnet-audit', 'audit-log'] as const satisfies AuditService[];
/** Those that tell what has changed since their run before. */
const tellingAudits = ['subnet-audit', 'audit-log'] as const satisfies AuditService[];
const outcomes = ['started', 'joined', 'ignored', 'refused', 'malformed', 'failed'] as const;

/**
 * Every metric that the functions write, and all that a dashboard or an alarm may ask for. Each combination of a name and its dimensions is
 * a metric that is paid for in the hours in which it is written: https://aws.amazon.com/cloudwatch/pricing/
 */
export const metricsCatalogue = {
  EventsTaken: { unit: 'Count', from: ['intake'], by: [{ Outcome: outcomes }] },

  DrainsEnded: { unit: 'Count', from: ['terminate'], by: [{ End: drainEnds }] },
  /** Of its own, since an alarm cannot add up a dimension's values that it does not know. */
  DrainsAlarming: { unit: 'Count', from: ['terminate'], by: [{}, { Cluster: 'open' }] },
  /** From the first tick to the end; without drains that were ignored. */
  DrainDuration: { unit: 'Seconds', from: ['terminate'], by: [{ End: drainEnds }, { Cluster: 'open' }] },
  /** Of those drains the ones that a notice without a hook began. */
  NoticesEnded: { unit: 'Count', from: ['terminate'], by: [{ Notice: notices, End: drainEnds }] },
  /** From the first tick to the answer that the node is cordoned. */
  TimeToCordon: { unit: 'Seconds', from: ['terminate'], by: [{}] },
  PodsEvicted: { unit: 'Count', from: ['terminate'], by: [{}] },
  PodsForced: { unit: 'Count', from: ['terminate'], by: [{}] },
  /** Once for each pod and cause, when it is refused for the first time. */
  PodsBlocked: { unit: 'Count', from: ['terminate'], by: [{ Cause: refusals }] },
  RightsMissing: { unit: 'Count', from: ['terminate'], by: [{}] },
  HookOptionsUnusable: { unit: 'Count', from: ['terminate'], by: [{}] },
  ReportsNotKept: { unit: 'Count', from: ['terminate'], by: [{}] },

  LaunchesEnded: { unit: 'Count', from: ['launch'], by: [{ End: launchEnds }] },
  LaunchesAlarming: { unit: 'Count', from: ['launch'], by: [{}, { Cluster: 'open' }] },
  LaunchDuration: { unit: 'Seconds', from: ['launch'], by: [{ End: launchEnds }, { Cluster: 'open' }] },

  ClusterTrouble: { unit: 'Count', from: ['terminate', 'launch'], by: [{ Kind: troubles }, { Cluster: 'open' }] },
  /** Auto Scaling did not take CONTINUE or ABANDON from us, for another reason than that the action is over. */
  HookCompletionsFailed: { unit: 'Count', from: ['terminate', 'launch'], by: [{}] },
  /** Attempts after the first of calls of AWS: throttled, or failed. */
  CallsRepeated: { unit: 'Count', from: ['intake', 'terminate', 'launch', 'drain', ...audits], by: [{}] },
  HeartbeatsFailed: { unit: 'Count', from: ['terminate', 'launch'], by: [{}] },

  /** What is wrong, of each severity, once an audit: 0 says that it was looked for. */
  AuditFindings: { unit: 'Count', from: audits, by: [{ Severity: severities }] },
  /** Of those, what was not wrong in the run before. */
  AuditFindingsNew: { unit: 'Count', from: tellingAudits, by: [{ Severity: severities }] },
  /** What an audit could not look at. */
  AuditUnknowns: { unit: 'Count', from: audits, by: [{}] },
  /** An audit came to its end and its report lies where it should. */
  AuditsSucceeded: { unit: 'Count', from: audits, by: [{}] },
  /** How many of SNS, EventBridge and Security Hub could not be told; 0 says that all were. */
  AuditTellingsFailed: { unit: 'Count', from: tellingAudits, by: [{}] },
  /** What CloudWatch looked through for the queries of a run, which is what it is paid for. */
  LogBytesScanned: { unit: 'Bytes', from: ['audit-log'], by: [{}] },
} as const satisfies Record<string, CatalogueEntry>;

type Catalogue = typeof metricsCatalogue;
export type MetricName = keyof Catalogue;
export type NameFrom<S extends Service> = {
  [N in MetricName]: S extends Catalogue[N]['from'][number] ? N : never;
}[MetricName];

type Named<D> = { readonly [K in keyof D]: D[K] extends readonly (infer V)[] ? V : string };
type SetsOf<N extends MetricName> = Catalogue[N]['by'][number];

/** The dimensions of one way in which a metric is written; {} where there are none. */
export type DimensionsOf<N extends MetricName> =
  SetsOf<N> extends infer D ? (D extends unknown ? Named<D> : never) : never;
/** The names of those dimensions. */
export type DimensionNames<N extends MetricName> =
  SetsOf<N> extends infer D ? (D extends unknown ? keyof D : never) : never;

type DimensionArguments<D> = D extends unknown ? (keyof D extends never ? [] : [dimensions: Named<D>]) : never;

/** What may be written by these services: name, unit, value, and the dimensions where it has some. */
export type MetricArguments<S extends Service = Service> = {
  [N in NameFrom<S>]: [
    name: N,
    unit: Catalogue[N]['unit'],
    value: number,
    ...dimensions: DimensionArguments<SetsOf<N>>,
  ];
}[NameFrom<S>];

/** Each of a union's members, none of which can be forgotten. */
function valuesOf<T extends string>(each: Record<T, 1>): readonly T[] {
  return Object.keys(each) as T[];
}
