import type { Attachment } from '../objects.ts';
import { createIndex } from '../store-index.ts';
import { annotatedMs } from './pod-actions.ts';
import { type ControllerContext, createWorkQueue } from './work-queue.ts';

const DETACH_MS = 3_000;

/**
 * Removes a VolumeAttachment `sandbox/detach-after` (3s; `never`) after the last pod that mounts its volume on its node is
 * gone. One that no pod ever mounted stays.
 */
export function startAttachDetach(context: ControllerContext): void {
  const { store, clock } = context;
  const podsByNode = createIndex(store, 'pods', (pod) => pod.spec.nodeName);
  const unusedSince = new Map<string, number>();

  const isUsed = ({ spec }: Attachment): boolean => {
    const claim = store.get('persistentvolumes', undefined, spec.source.persistentVolumeName ?? '')?.spec.claimRef;
    return podsByNode
      .of(spec.nodeName)
      .some(
        (pod) =>
          pod.metadata.namespace === claim?.namespace &&
          pod.spec.volumes?.some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === claim?.name),
      );
  };

  const reconcile = (name: string) => {
    const attachment = store.get('volumeattachments', undefined, name);
    const since = unusedSince.get(name);
    if (!attachment || since === undefined) return;
    if (isUsed(attachment)) return unusedSince.delete(name);
    const left = since + annotatedMs(attachment, 'sandbox/detach-after', DETACH_MS) - clock.now();
    if (left > 0) return queue.add(name, left);
    unusedSince.delete(name);
    store.remove('volumeattachments', attachment);
  };

  const queue = createWorkQueue(context, reconcile);
  const unsubscribe = store.subscribe(({ type, resource, previous }) => {
    if (resource !== 'pods' || type !== 'DELETED') return;
    const nodeName = (previous?.spec as { nodeName?: string } | undefined)?.nodeName;
    for (const { metadata, spec } of store.list('volumeattachments')) {
      if (spec.nodeName !== nodeName || unusedSince.has(metadata.name)) continue;
      unusedSince.set(metadata.name, clock.now());
      queue.add(metadata.name);
    }
  });
  context.signal.addEventListener('abort', unsubscribe, { once: true });
}
