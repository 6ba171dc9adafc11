import type {
  V1NodeSelectorTerm,
  V1PersistentVolume,
  V1PersistentVolumeSpec,
  V1VolumeAttachment,
} from '@kubernetes/client-node';
import type { VolumeView } from '../cluster-port.ts';
import type { AttachmentView } from '../lifecycle/node.ts';
import type { Wire } from './kube-wire.ts';

export function attachmentView({ metadata, spec, status }: Wire<V1VolumeAttachment>): AttachmentView {
  return {
    name: metadata?.name ?? '',
    nodeName: spec.nodeName,
    volumeName: spec.source.persistentVolumeName,
    inlineName: attachedName(spec.source.inlineVolumeSpec),
    attached: status?.attached ?? false,
  };
}

export function volumeView(volume: Wire<V1PersistentVolume>): VolumeView {
  return { hostnames: pinnedHostnames(volume), attachedName: attachedName(volume.spec) };
}

/**
 * As the attach-detach controller writes it into a node's status:
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/volume/csi/csi_plugin.go and its `GetVolumeName`. An EBS volume of the old
 * in-tree kind (`vol-1` or `aws://ZONE/vol-1`) is attached by the CSI driver, too.
 */
function attachedName(spec: Wire<V1PersistentVolumeSpec> | undefined): string | undefined {
  const { csi, awsElasticBlockStore: ebs } = spec ?? {};
  if (csi) return csiName(csi.driver, csi.volumeHandle);
  return ebs && csiName('ebs.csi.aws.com', ebs.volumeID.split('/').at(-1) ?? '');
}

function csiName(driver: string, volumeHandle: string): string {
  return `kubernetes.io/csi/${driver}^${volumeHandle}`;
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
