import type { V1Container, V1Pod, V1PodSpec, V1Toleration } from '@kubernetes/client-node';
import type { TolerationView } from '../lifecycle/daemon-set.ts';
import { podRequests } from '../plan/pod-requests.ts';
import { type Resources, readResources } from '../plan/resources.ts';
import type { HostPort, PlanPod } from '../plan/snapshot.ts';
import { nodeTermsView } from './kube-node-terms.ts';
import { podTerms, spreadViews, unknownTerms } from './kube-pod-terms.ts';
import { podView } from './kube-pod-view.ts';
import type { Wire } from './kube-wire.ts';

export function inventoryPod(pod: Wire<V1Pod>): PlanPod {
  const spec: Partial<Wire<V1PodSpec>> = pod.spec ?? {};
  const { nodeAffinity, podAffinity, podAntiAffinity } = spec.affinity ?? {};
  const namespace = pod.metadata?.namespace ?? '';
  const view = podView(pod);
  return {
    ...view,
    requests: requestsOf(spec),
    nodeSelector: spec.nodeSelector ?? {},
    nodeTerms: nodeTermsView(nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution),
    tolerations: (spec.tolerations ?? []).map(tolerationView),
    hostPorts: hostPortsOf(spec),
    podAffinity: podTerms(podAffinity?.requiredDuringSchedulingIgnoredDuringExecution, namespace),
    podAntiAffinity: podTerms(podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution, namespace),
    spreads: spreadViews(spec.topologySpreadConstraints, view.labels),
    lastingClaims: (spec.volumes ?? [])
      .map(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName)
      .filter((claim) => claim !== undefined),
    notSimulated: [
      ...unknownTerms(podAffinity?.requiredDuringSchedulingIgnoredDuringExecution),
      ...unknownTerms(podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution),
      ...(spec.resourceClaims?.length ? ['it asks for devices by resource claims'] : []),
      ...(spec.schedulerName && spec.schedulerName !== 'default-scheduler'
        ? [`it is placed by ${spec.schedulerName}`]
        : []),
    ],
  };
}

function requestsOf({ initContainers, containers, overhead, resources }: Partial<Wire<V1PodSpec>>): Resources {
  return podRequests({
    initContainers: (initContainers ?? []).map((container) => ({
      requests: containerRequests(container),
      sidecar: container.restartPolicy === 'Always',
    })),
    containers: (containers ?? []).map(containerRequests),
    overhead: readResources(overhead),
    podLevel: readResources(resources?.requests),
  });
}

function containerRequests({ resources }: Wire<V1Container>): Resources {
  return readResources(resources?.requests);
}

/** In the node's own network every port of a container is one of the node's. */
function hostPortsOf({ containers, initContainers, hostNetwork }: Partial<Wire<V1PodSpec>>): HostPort[] {
  const sidecars = (initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  return [...(containers ?? []), ...sidecars].flatMap(({ ports }) =>
    (ports ?? []).flatMap(({ hostPort, containerPort, protocol = 'TCP', hostIP = '' }) => {
      const port = hostPort || (hostNetwork ? containerPort : 0);
      return port ? [{ port, protocol, ip: hostIP === '0.0.0.0' || hostIP === '::' ? '' : hostIP }] : [];
    }),
  );
}

function tolerationView({ key, operator, value, effect }: Wire<V1Toleration>): TolerationView {
  return {
    ...(key ? { key } : {}),
    ...(operator ? { operator } : {}),
    ...(value ? { value } : {}),
    ...(effect ? { effect } : {}),
  };
}
