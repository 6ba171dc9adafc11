import type { V1PersistentVolumeClaim } from '@kubernetes/client-node';
import type { ClusterPort } from '../cluster-port.ts';
import { call } from './kube-call.ts';
import { itemsOf, list } from './kube-list.ts';
import type { KubeTransport } from './kube-transport.ts';
import { attachmentView, volumeView } from './kube-volume-view.ts';
import { kubePath, type Wire } from './kube-wire.ts';

export function kubeVolumes(
  transport: KubeTransport,
): Pick<ClusterPort, 'listAttachments' | 'getClaimVolume' | 'getVolume'> {
  const getVolume: ClusterPort['getVolume'] = async (name, signal) =>
    call(transport, { method: 'GET', path: kubePath('api', 'v1', 'persistentvolumes', name) }, volumeView, signal);
  return {
    getVolume,

    listAttachments: async (signal) => {
      const path = kubePath('apis', 'storage.k8s.io', 'v1', 'volumeattachments');
      return itemsOf(await list(transport, { path }, attachmentView, signal));
    },

    getClaimVolume: async (namespace, claim, signal) => {
      const bound = await call(
        transport,
        { method: 'GET', path: kubePath('api', 'v1', 'namespaces', namespace, 'persistentvolumeclaims', claim) },
        ({ spec }: Wire<V1PersistentVolumeClaim>) => ({
          volumeName: spec?.volumeName || undefined,
          accessModes: spec?.accessModes ?? [],
        }),
        signal,
      );
      if (!bound.ok) return bound;
      const { volumeName } = bound.value;
      if (volumeName === undefined)
        return { ok: true, value: { ...bound.value, hostnames: [], attachedName: undefined } };
      const volume = await getVolume(volumeName, signal);
      return volume.ok ? { ok: true, value: { ...bound.value, ...volume.value } } : volume;
    },
  };
}
