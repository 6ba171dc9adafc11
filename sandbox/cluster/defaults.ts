import type { WriteContext } from './delete-object.ts';
import type { KubeObject, Manifest, ObjectMeta } from './objects.ts';
import type { Resource } from './resources.ts';
import { timestamp } from './timestamp.ts';

/** The object that the server makes of a manifest: metadata filled in, and the defaults that a drain can see. */
export function completeObject(manifest: Manifest, resource: Resource, { store, nowMs }: WriteContext): KubeObject {
  const { generateName } = manifest.metadata;
  const number = store.nextNumber();
  const metadata: ObjectMeta = {
    ...manifest.metadata,
    name: manifest.metadata.name ?? `${generateName}${number.toString(36).padStart(5, '0')}`,
    uid: manifest.metadata.uid ?? `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    resourceVersion: '0',
    creationTimestamp: manifest.metadata.creationTimestamp ?? timestamp(nowMs),
    ...(resource.counted ? { generation: manifest.metadata.generation ?? 1 } : {}),
  };
  const object: KubeObject = { ...structuredClone(manifest), metadata: structuredClone(metadata) };
  return withDefaults(object, resource);
}

function withDefaults(object: KubeObject, resource: Resource): KubeObject {
  const { spec = {}, status = {} } = object;
  switch (resource.name) {
    case 'pods':
      return {
        ...object,
        spec: { restartPolicy: 'Always', terminationGracePeriodSeconds: 30, ...spec },
        status: { phase: 'Pending', ...status },
      };
    case 'namespaces':
      return {
        ...object,
        metadata: {
          ...object.metadata,
          labels: { 'kubernetes.io/metadata.name': object.metadata.name, ...object.metadata.labels },
        },
        spec: { finalizers: ['kubernetes'], ...spec },
        status: { phase: 'Active', ...status },
      };
    case 'poddisruptionbudgets':
      return {
        ...object,
        spec,
        status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0, ...status },
      };
    case 'deployments':
    case 'replicasets':
    case 'statefulsets':
      return { ...object, spec: { replicas: 1, ...spec }, status };
    default:
      return resource.name === 'nodes' || resource.counted ? { ...object, spec, status } : object;
  }
}
