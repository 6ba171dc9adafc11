import type { LaunchPolicy } from '../lifecycle/launch.ts';
import type { InstanceFacts, RoleAccess } from '../lifecycle/launch-facts.ts';
import type { OurHooks } from '../lifecycle/verify-action.ts';
import type { AutoScalingPort, Clock, ClusterDirectoryPort, Log, MetricsPort } from '../ports.ts';

export interface LaunchPorts {
  autoScaling: AutoScalingPort & LaunchHistoryPort;
  clusters: ClusterDirectoryPort;
  diagnosis: DiagnosisPort;
  clock: Clock;
  log: Log;
  metrics: MetricsPort<'launch'>;
}

export interface LaunchSettings {
  ours: OurHooks;
  /** Used when neither the hook's metadata nor the group's tags name a cluster. */
  clusterName: string | undefined;
  policy: LaunchPolicy;
}

/** What becomes of a group's other launches. */
export interface LaunchHistoryPort {
  /** Launches of the group that a lifecycle hook abandoned since then (epoch milliseconds). */
  countAbandoned(groupName: string, since: number, signal: AbortSignal): Promise<number>;
  /** Instances that a lifecycle hook holds now on their way into the group, this one among them: those first that were launched first. */
  heldLaunches(groupName: string, now: number, signal: AbortSignal): Promise<string[]>;
}

/**
 * What AWS can tell of an instance that does not become a ready node. `unknown` where we may not look: a diagnosis says what it does not
 * know. Throws what cannot be explained.
 */
export interface DiagnosisPort {
  /** undefined: EC2 does not know it. */
  instance(instanceId: string, signal: AbortSignal): Promise<InstanceView | 'unknown' | undefined>;
  /** The role behind an instance profile. */
  nodeRoleArn(instanceProfileArn: string, signal: AbortSignal): Promise<string | 'unknown' | undefined>;
  /** How the cluster lets roles in, and the access entry that it has for this one. */
  accessEntry(clusterName: string, roleArn: string, signal: AbortSignal): Promise<RoleAccess | 'unknown'>;
  /** The last of what the instance wrote to its console, decoded; undefined when there is nothing yet. */
  consoleOutput(instanceId: string, signal: AbortSignal): Promise<string | 'unknown' | undefined>;
}

/** `state` is, for example, `running`; `stateReason` is EC2's code and message for its last change. */
export interface InstanceView extends InstanceFacts {
  instanceProfileArn: string | undefined;
  privateDnsName: string | undefined;
  subnetId: string | undefined;
}
