/** https://docs.aws.amazon.com/eks/latest/APIReference/API_LogSetup.html */
export type LogType = 'api' | 'audit' | 'authenticator' | 'controllerManager' | 'scheduler';

/** What a cluster's control plane logs. */
export interface ClusterLoggingPort {
  /** `gone`: EKS knows no cluster of this name (any more). */
  logTypes(clusterName: string, signal: AbortSignal): Promise<readonly LogType[] | 'gone'>;
}
