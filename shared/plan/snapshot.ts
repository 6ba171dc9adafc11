import type { NodeTerm, TolerationView } from '../lifecycle/daemon-set.ts';
import type { BudgetView, LabelSelectorView, NodeView } from '../lifecycle/node.ts';
import type { PodView } from '../lifecycle/pod.ts';
import type { Resources } from './resources.ts';

/** A node with what a placement asks of it. Instants are epoch milliseconds. */
export interface PlanNode extends NodeView {
  zone: string | undefined;
  createdAt: number;
  allocatable: Resources;
  /** Status by type. */
  conditions: Readonly<Record<string, string>>;
}

/** A pod with what the scheduler would ask for its replacement. */
export interface PlanPod extends PodView {
  requests: Resources;
  nodeSelector: Readonly<Record<string, string>>;
  /** Required node affinity: one of these terms must hold. undefined: none is asked for. */
  nodeTerms: readonly NodeTerm[] | undefined;
  tolerations: readonly TolerationView[];
  hostPorts: readonly HostPort[];
  /** Required ones alone. */
  podAffinity: readonly PodTerm[];
  podAntiAffinity: readonly PodTerm[];
  /** Those with `whenUnsatisfiable: DoNotSchedule`. */
  spreads: readonly SpreadView[];
  /** Claims that a replacement mounts, too: without those of generic ephemeral volumes. */
  lastingClaims: readonly string[];
  /** What it asks of a scheduler that no estimate here knows about. */
  notSimulated: readonly string[];
}

export interface HostPort {
  port: number;
  protocol: string;
  /** Empty: every address of the node. */
  ip: string;
}

/** Pods that a pod wants beside itself, or does not. */
export interface PodTerm {
  topologyKey: string;
  namespaces: readonly string[] | 'all';
  selector: LabelSelectorView | undefined;
}

export interface SpreadView {
  topologyKey: string;
  maxSkew: number;
  minDomains: number;
  selector: LabelSelectorView | undefined;
  /** Whether nodes that the pod does not select, or whose taints it does not tolerate, count as places. */
  honorsAffinity: boolean;
  honorsTaints: boolean;
}

export interface PlanVolume {
  name: string;
  /** Hostnames of a local volume; empty when it can move. */
  hostnames: readonly string[];
  /** `spec.nodeAffinity.required`; undefined: any node. */
  nodeTerms: readonly NodeTerm[] | undefined;
}

export interface PlanClaim {
  namespace: string;
  name: string;
  /** undefined while it is not bound. */
  volumeName: string | undefined;
}

export interface PlanDaemonSet {
  namespace: string;
  name: string;
  uid: string;
}

/** One look at a whole cluster. A part that could not be read is undefined and named in `unread`. */
export interface ClusterSnapshot {
  nodes: readonly PlanNode[];
  /** Without those that have finished. */
  pods: readonly PlanPod[];
  budgets: readonly BudgetView[] | undefined;
  claims: readonly PlanClaim[] | undefined;
  volumes: readonly PlanVolume[] | undefined;
  daemonSets: readonly PlanDaemonSet[] | undefined;
  unread: readonly UnreadPart[];
}

export type SnapshotPart = 'budgets' | 'claims' | 'volumes' | 'daemonSets';

export interface UnreadPart {
  part: SnapshotPart;
  /** Verb and resource, for example `list persistentvolumes`; undefined: not a matter of rights. */
  right: string | undefined;
  message: string;
}
