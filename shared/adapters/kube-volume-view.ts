import type { V1NodeSelectorTerm, V1PersistentVolume, V1VolumeAttachment } from '@kubernetes/client-node';
import type { AttachmentView } from '../lifecycle/node.ts';
import type { Wire } from './kube-wire.ts';

export function attachmentView({ metadata, spec, status }: Wire<V1VolumeAttachment>): AttachmentView {
  return {
    name: metadata?.name ?? '',
    nodeName: spec.nodeName,
    volumeName: spec.source.persistentVolumeName,
    attached: status?.attached ?? false,
  };
}

/** The hosts a volume cannot leave. Terms are alternatives: one that names no host lets the volume go anywhere. */
export function pinnedHostnames(volume: Wire<V1PersistentVolume>): string[] {
  const terms = volume.spec?.nodeAffinity?.required?.nodeSelectorTerms ?? [];
  const hosts = terms.map(hostnamesOf);
  return hosts.some((names) => names.length === 0) ? [] : [...new Set(hosts.flat())];
}

function hostnamesOf({ matchExpressions }: Wire<V1NodeSelectorTerm>): string[] {
  return (matchExpressions ?? [])
    .filter(({ key, operator }) => key === 'kubernetes.io/hostname' && operator === 'In')
    .flatMap(({ values }) => values ?? []);
}
