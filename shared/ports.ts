import type { ClusterPort } from './cluster-port.ts';
import type { HookAction } from './lifecycle/action.ts';
import type { Registration } from './lifecycle/registration.ts';
import type { DrainReport } from './lifecycle/report.ts';
import type { MetricArguments, Service } from './metrics-catalogue.ts';

/** The only source of time. `sleep` rejects with the signal's reason when it is aborted. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** Which group an instance is in, and what that says of itself. Throws what it cannot explain; throttling is retried inside. */
export interface GroupLookups {
  /** undefined: Auto Scaling no longer knows the instance. */
  describeInstance(instanceId: string, signal: AbortSignal): Promise<GroupInstance | undefined>;
  describeGroup(groupName: string, signal: AbortSignal): Promise<GroupView | undefined>;
}

/** Auto Scaling, as far as a hook needs it. Throws what it cannot explain; throttling is retried inside. */
export interface AutoScalingPort extends GroupLookups {
  describeHook(groupName: string, hookName: string, signal: AbortSignal): Promise<HookView | undefined>;
  describeHooks(groupName: string, signal: AbortSignal): Promise<HookView[]>;
  completeAction(action: HookAction, result: 'CONTINUE' | 'ABANDON', signal: AbortSignal): Promise<HookAnswer>;
  recordHeartbeat(action: HookAction, signal: AbortSignal): Promise<HookAnswer>;
}

/** `no-active-action`: ValidationError "No active Lifecycle Action found". */
export type HookAnswer = 'accepted' | 'no-active-action';

export interface GroupInstance {
  groupName: string;
  /** As Auto Scaling writes it, for example `Terminating:Wait`. */
  lifecycleState: string;
}

export interface GroupView {
  name: string;
  tags: Readonly<Record<string, string>>;
  /** An instance whose termination is abandoned is kept, and paid for, until somebody ends it. */
  retainsAbandoned?: boolean;
}

export interface HookView {
  name: string;
  /** It pauses instances that are launched, and none that go. */
  launches?: boolean;
  heartbeatSeconds: number;
  /** The hook's own limit, min(48 h, 100 heartbeats). */
  globalTimeoutSeconds: number;
  defaultResult: 'CONTINUE' | 'ABANDON';
  notificationTargetArn: string | undefined;
  metadata: string | undefined;
}

/** EC2's own word on an instance. */
export interface ComputePort {
  /** undefined: EC2 does not know it (any more). */
  instanceState(instanceId: string, signal: AbortSignal): Promise<string | undefined>;
  instanceFacts(instanceId: string, signal: AbortSignal): Promise<{ state: string; isSpot: boolean } | undefined>;
  /** Codes of the instance's scheduled events that are neither completed nor cancelled, for example `instance-retirement`. */
  scheduledEvents(instanceId: string, signal: AbortSignal): Promise<string[]>;
}

/** Target groups and Classic Load Balancers, as far as one node is in them. Throws what it cannot explain. */
export interface LoadBalancerPort {
  /**
   * Where its targets still have connections, or may be given new ones. With `denied` the answer is not complete, and asking again will
   * not make it so: it names the right that is missing.
   */
  stillRegistered(node: BalancedNode, signal: AbortSignal): Promise<{ registrations: Registration[]; denied?: string }>;
  /** Takes its targets out of what the settings say; answers those it took out, undefined when the settings ask for none. */
  deregister(node: BalancedNode, signal: AbortSignal): Promise<Registration[] | undefined>;
}

export interface BalancedNode {
  instanceId: string;
  /** Of the node and of its pods that are to be looked for. */
  addresses: readonly string[];
  /** Only there do addresses mean this node; undefined: nobody knows. */
  vpcId: string | undefined;
  /** Nodes of its cluster that are drained at the same time, itself included: they share what may be asked. */
  drains: number;
}

/** Clusters by name. */
export interface ClusterDirectoryPort {
  open(clusterName: string, signal: AbortSignal): Promise<ClusterLookup>;
}

export type ClusterLookup =
  | { found: 'cluster'; name: string; cluster: ClusterPort; vpcId?: string }
  /** EKS answered ResourceNotFoundException, or the cluster is being deleted. */
  | { found: 'gone' };

/** Where the report of a drain lives between its ticks and after it. */
export interface ReportPort {
  load(key: string, signal: AbortSignal): Promise<DrainReport | undefined>;
  /** Where it lies, for a person: an `s3://` URL or a file's path. */
  save(key: string, report: DrainReport, signal: AbortSignal): Promise<string>;
}

export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

export interface MetricsPort<S extends Service = Service> {
  /** One count or duration, as the catalogue has it: no dimension names a pod, a node or an instance. */
  add(...metric: MetricArguments<S>): void;
}

/** Starts the work on an action and knows whether it runs already. */
export interface ExecutionPort {
  start(name: string, stateMachineArn: string, input: unknown, signal: AbortSignal): Promise<'started' | 'exists'>;
  status(name: string, stateMachineArn: string, signal: AbortSignal): Promise<ExecutionStatus>;
}

export type ExecutionStatus =
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'TIMED_OUT'
  | 'ABORTED'
  | 'PENDING_REDRIVE'
  | 'missing';
