import { most, plus, type Resources } from './resources.ts';

/** What the scheduler counts of one container. */
export interface ContainerRequests {
  requests: Resources;
  /** An init container with `restartPolicy: Always`: it goes on beside the others. */
  sidecar: boolean;
}

export interface PodRequestParts {
  /** In their order, which is the order they run in. */
  initContainers: readonly ContainerRequests[];
  containers: readonly Resources[];
  overhead: Resources;
  /** `spec.resources.requests`, which stands for all containers where it names a resource. */
  podLevel: Resources;
}

/**
 * What a pod takes of its node: its containers and sidecars together, or an init container beside the sidecars before it where that is
 * more. https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 * https://kubernetes.io/docs/concepts/scheduling-eviction/pod-overhead/
 */
export function podRequests({ initContainers, containers, overhead, podLevel }: PodRequestParts): Resources {
  let sidecars: Resources = {};
  let starting: Resources = {};
  for (const { requests, sidecar } of initContainers) {
    starting = most(starting, plus(sidecars, requests));
    if (sidecar) sidecars = plus(sidecars, requests);
  }
  const ofContainers = most(plus(sidecars, ...containers), starting);
  return { ...plus({ ...ofContainers, ...podLevel }, overhead), pods: 1 };
}
