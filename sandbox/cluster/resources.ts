import type { ResourceName } from './objects.ts';

export interface Resource {
  name: ResourceName;
  group: string;
  version: string;
  kind: string;
  namespaced: boolean;
  /** Whether the server counts changes of the spec in `metadata.generation`. */
  counted: boolean;
  /** Selectable fields beside `metadata.name` and `metadata.namespace`. */
  fields: readonly string[];
}

const table: readonly Resource[] = [
  core('namespaces', 'Namespace', { namespaced: false, fields: ['status.phase'] }),
  core('nodes', 'Node', { namespaced: false, fields: ['spec.unschedulable'] }),
  core('pods', 'Pod', { counted: true, fields: ['spec.nodeName', 'status.phase'] }),
  core('events', 'Event', { fields: ['involvedObject.kind', 'involvedObject.name', 'involvedObject.uid', 'reason'] }),
  core('configmaps', 'ConfigMap', {}),
  core('persistentvolumeclaims', 'PersistentVolumeClaim', {}),
  core('persistentvolumes', 'PersistentVolume', { namespaced: false }),
  { ...core('poddisruptionbudgets', 'PodDisruptionBudget', { counted: true }), group: 'policy' },
  { ...core('volumeattachments', 'VolumeAttachment', { namespaced: false }), group: 'storage.k8s.io' },
  { ...core('daemonsets', 'DaemonSet', { counted: true }), group: 'apps' },
  { ...core('deployments', 'Deployment', { counted: true }), group: 'apps' },
  { ...core('replicasets', 'ReplicaSet', { counted: true }), group: 'apps' },
  { ...core('statefulsets', 'StatefulSet', { counted: true }), group: 'apps' },
  { ...core('jobs', 'Job', { counted: true }), group: 'batch' },
  { ...core('leases', 'Lease', {}), group: 'coordination.k8s.io' },
];

function core(name: ResourceName, kind: string, rest: Partial<Resource>): Resource {
  return { name, kind, group: '', version: 'v1', namespaced: true, counted: false, fields: [], ...rest };
}

const byName = new Map(table.map((resource) => [resource.name, resource]));
const byKind = new Map(table.map((resource) => [`${apiVersionOf(resource)}/${resource.kind}`, resource]));

export function apiVersionOf(resource: Resource): string {
  return resource.group ? `${resource.group}/${resource.version}` : resource.version;
}

export function resourceNamed(name: ResourceName): Resource {
  const resource = byName.get(name);
  if (!resource) throw new Error(`no resource ${name} in the model`);
  return resource;
}

export function resourceOfKind(apiVersion: string, kind: string): Resource {
  const resource = findKind(apiVersion, kind);
  if (!resource) throw new Error(`no kind ${apiVersion} ${kind} in the model`);
  return resource;
}

export function findKind(apiVersion: string, kind: string): Resource | undefined {
  return byKind.get(`${apiVersion}/${kind}`);
}

export function findResource(group: string, version: string, name: string): Resource | undefined {
  return table.find((each) => each.group === group && each.version === version && each.name === name);
}
