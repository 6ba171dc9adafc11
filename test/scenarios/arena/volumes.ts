import type { Arena } from './arena.ts';

const driver = 'ebs.csi.aws.com';
const volumes = '/api/v1/persistentvolumes';
const attachments = '/apis/storage.k8s.io/v1/volumeattachments';

/** Under names that no other scenario has. */
export const volumeName = (arena: Arena, name: string) => `${name}-${arena.id}`;
const handleOf = (arena: Arena, name: string) => `vol-${volumeName(arena, name)}`;
/** As the status of a node names it. */
export const nameInStatus = (arena: Arena, name: string) => `kubernetes.io/csi/${driver}^${handleOf(arena, name)}`;

const source = (arena: Arena, name: string) => ({
  accessModes: ['ReadWriteOnce'],
  csi: { driver, volumeHandle: handleOf(arena, name) },
});

/** A persistent volume; with a claim of the same name, bound to it, in the arena's namespace. Returns how a pod mounts it. */
export async function persist(arena: Arena, name: string): Promise<object> {
  const own = volumeName(arena, name);
  const volume = { capacity: { storage: '1Gi' }, ...source(arena, name) };
  const body = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: own }, spec: volume };
  await arena.make(volumes, body);
  const resources = { requests: { storage: '1Gi' } };
  const spec = { accessModes: ['ReadWriteOnce'], storageClassName: '', resources, volumeName: own };
  const path = `/api/v1/namespaces/${arena.namespace}/persistentvolumeclaims`;
  const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name }, spec };
  await arena.send({ method: 'POST', path, body: claim });
  return { name: 'data', persistentVolumeClaim: { claimName: name } };
}

/** A VolumeAttachment of a persistent volume, which need not exist, or of an inline one; on the drained node if not said otherwise. */
export async function attach(
  arena: Arena,
  name: string,
  { inline = false, nodeName = arena.node.name }: { inline?: boolean; nodeName?: string } = {},
): Promise<void> {
  const from = inline ? { inlineVolumeSpec: source(arena, name) } : { persistentVolumeName: volumeName(arena, name) };
  const spec = { attacher: driver, nodeName, source: from };
  const metadata = { name: `va-${volumeName(arena, name)}` };
  const body = { apiVersion: 'storage.k8s.io/v1', kind: 'VolumeAttachment', metadata, spec };
  await arena.make(attachments, body);
}

export function detachVolume(arena: Arena, name: string): Promise<unknown> {
  return arena.send({ method: 'DELETE', path: `${attachments}/va-${volumeName(arena, name)}` });
}

/** What the attach-detach controller writes into the status of the drained node. */
export function reportAttached(arena: Arena, ...names: string[]): Promise<unknown> {
  const volumesAttached = names.map((name) => ({ name: nameInStatus(arena, name), devicePath: '' }));
  return arena.patch(`${arena.paths.node(arena.node.name)}/status`, { status: { volumesAttached } });
}
