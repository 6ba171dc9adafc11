import type { KubeTransport } from '../../shared/adapters/kube-transport.ts';
import type { ClusterPort } from '../../shared/cluster-port.ts';

/** A cluster that a command has reached for, and how it would reach AWS. */
export interface Connection {
  /** The EKS cluster, or the context. */
  name: string;
  /** For a person: `context kind-a (https://…)`. */
  where: string;
  /** Passed on to kubectl, so that a command that is shown to a person works there, too. */
  kubectl: readonly string[];
  transport: KubeTransport;
  cluster: ClusterPort;
  aws: AwsAccess;
  /** Not a real one. */
  sandbox?: SandboxHints;
  close(): Promise<void>;
}

/** What every AWS client is made with; what is left out is found as every AWS tool finds it. */
export interface AwsAccess {
  region?: string;
  profile?: string;
  endpoint?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

export interface SandboxHints {
  /** What a command that was told of no node works on. */
  defaultNode: string;
  groupName: string;
}
