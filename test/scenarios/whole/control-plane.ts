import type { Authenticate, ClusterFront } from '../../../sandbox/world/open-deployment.ts';
import type { KubeTransport } from '../../../shared/adapters/kube-transport.ts';
import type { FrontRequest } from '../eks-front/front-request.ts';

/** A cluster whose controllers, scheduler and kubelets run, with infra/rbac in it. */
export interface ControlPlane {
  /** As cluster-admin. */
  admin: KubeTransport;
  /** Opens the endpoint that EKS names. */
  openFront: (authenticate: Authenticate) => Promise<ClusterFront>;
  /** Gives infra/rbac/surge in a namespace. */
  allowSurges: (namespace: string) => Promise<void>;
  /** What came through it. */
  requests: readonly FrontRequest[];
  /** The API server's own record of what it did, where there is one. */
  auditLog: string | undefined;
  close: () => Promise<void>;
}
