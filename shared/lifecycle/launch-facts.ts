import type { SetOnNode } from './launch-readiness.ts';
import type { NodeView } from './node.ts';

/** All that a diagnosis is made of. `unknown`: we may not look there, or could not. */
export interface LaunchFacts {
  instanceId: string;
  groupName: string;
  groupTags: Readonly<Record<string, string>>;
  clusterName: string;
  region: string;
  /** undefined: EC2 does not know it. */
  instance: InstanceFacts | 'unknown' | undefined;
  node: NodeView | undefined;
  sets: readonly SetOnNode[];
  /** A Node of the name that this instance's would have, but of another instance or of none. */
  namesake: NodeView | undefined;
  /** undefined: the instance has no instance profile, or its profile no role. */
  nodeRole: string | 'unknown' | undefined;
  accessEntry: RoleAccess | 'unknown';
  /** Role ARNs in the ConfigMap aws-auth. */
  mappedRoles: readonly string[] | 'unknown';
  /** undefined: nothing was written yet. */
  console: string | 'unknown' | undefined;
}

export interface InstanceFacts {
  /** As EC2 writes it. */
  state: string;
  stateReason: string | undefined;
  tags: Readonly<Record<string, string>>;
  /** EC2 tells of Windows alone. */
  platform?: 'windows';
}

/** How a cluster lets a role in: https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html */
export interface RoleAccess {
  /** `CONFIG_MAP` knows no access entries, and `API` does not read aws-auth; with both, the entry of a role outranks its row. */
  mode: 'API' | 'API_AND_CONFIG_MAP' | 'CONFIG_MAP';
  /** Of the role's access entry, for example `EC2_LINUX`; undefined: it has none. */
  entryType: string | undefined;
}

/** Why an instance did not become a ready node, and the command that would fix it. */
export interface Diagnosis {
  code: string;
  /** One sentence. */
  text: string;
  /** For a shell, where there is one. */
  fix?: string;
}
