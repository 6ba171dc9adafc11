import type { LabelSelectorView } from './node.ts';

/** One Deployment as a surge sees it. Instants are epoch milliseconds. */
export interface DeploymentView {
  namespace: string;
  name: string;
  uid: string;
  resourceVersion: string;
  generation: number;
  /** It is being deleted. */
  leaving: boolean;
  paused: boolean;
  selector: LabelSelectorView | undefined;
  replicas: number;
  strategy: 'RollingUpdate' | 'Recreate';
  maxSurge: number | string;
  maxUnavailable: number | string;
  /** What its pod template says of the last restart; undefined: there was none. */
  restartedAt: string | undefined;
  /** What its controller has seen. */
  observedGeneration: number;
  /** Pods of all its ReplicaSets that are not on their way out. */
  currentReplicas: number;
  /** Those of the template as it is now. */
  updatedReplicas: number;
  /** When its rollout last got on; undefined while it does not. */
  progressedAt: number | undefined;
}

/** Written into a pod template, it makes the Deployment roll: as `kubectl rollout restart` does. */
export const restartedAtAnnotation = 'kubectl.kubernetes.io/restartedAt';
