import { startAttachDetach } from './attach-detach.ts';
import { startCordonTaint } from './cordon-taint.ts';
import { startDaemonSets } from './daemon-set.ts';
import { startDeployments } from './deployment.ts';
import { startDisruption } from './disruption.ts';
import { startJobs } from './job.ts';
import { startKubelets } from './kubelet.ts';
import { startNamespaces } from './namespace.ts';
import { startPodCollector } from './pod-collector.ts';
import { startReplicaSets } from './replica-set.ts';
import { startScheduler } from './scheduler.ts';
import { startStatefulSets } from './stateful-set.ts';
import type { ControllerContext } from './work-queue.ts';

const controllers = [
  startCordonTaint,
  startDeployments,
  startReplicaSets,
  startStatefulSets,
  startDaemonSets,
  startJobs,
  startScheduler,
  startKubelets,
  startDisruption,
  startAttachDetach,
  startNamespaces,
  startPodCollector,
];

/** Everything that moves in a cluster by itself; it ends with the signal. */
export function startControllers(context: ControllerContext): void {
  for (const start of controllers) start(context);
}
