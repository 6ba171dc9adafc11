import type { JudgedPod } from '../lifecycle/decide.ts';
import type { AttachmentView } from '../lifecycle/node.ts';
import type { VerdictKind } from '../lifecycle/verdict.ts';
import type { DrainPlace } from './floor.ts';
import type { Session } from './session.ts';

/** Pods whose volumes nobody can take from them. */
const stayingKinds: ReadonlySet<VerdictKind> = new Set(['stay', 'bounce', 'stuck']);

/**
 * Volumes that are still attached to the node, by VolumeAttachments or by the node's own status. Those of pods that stay are theirs to
 * keep; a node whose kubelet is silent never reports a detachment.
 */
export async function volumesLeft(
  session: Session,
  { cluster, marked, facts }: DrainPlace,
  judged: readonly JudgedPod[],
): Promise<string[]> {
  const { ports, settings, limit } = session;
  const { node } = marked;
  const silentFor = node.ready === 'Unknown' && node.readySince !== undefined ? ports.clock.now() - node.readySince : 0;
  if (session.instanceGone || silentFor >= settings.policy.nodeUnknownSeconds * 1000) return [];
  const answer = await cluster.listAttachments(limit.signal);
  if (!answer.ok) return [`unknown volumes (${answer.failure.message})`];
  const attachments = answer.value.filter(({ nodeName }) => nodeName === node.name);
  if (node.volumesAttached.length > 0) await facts.learnVolumes(volumeNames(attachments), limit.signal);
  const stays = judged.filter(({ verdict }) => stayingKinds.has(verdict.kind));
  const staying = new Set(stays.flatMap(({ pod }) => facts.volumesOf(pod)));
  return attachedVolumes(attachments, node.volumesAttached, staying, facts.attachedNameOf);
}

/**
 * Volumes that nobody staying there uses, each once: by its own name where an attachment names it, else as the node's status does. Inline
 * volumes are not waited for.
 */
export function attachedVolumes(
  attachments: readonly AttachmentView[],
  inStatus: readonly string[],
  staying: ReadonlySet<string>,
  attachedNameOf: (volumeName: string) => string | undefined,
): string[] {
  const named = [...new Set(volumeNames(attachments))];
  const told = new Set([
    ...[...named, ...staying].map(attachedNameOf),
    ...attachments.map(({ inlineName }) => inlineName),
  ]);
  return [
    ...named.filter((name) => !staying.has(name)).map((name) => `volume ${name}`),
    ...inStatus.filter((name) => !told.has(name)).map((name) => `volume ${name} (says the node's status)`),
  ];
}

function volumeNames(attachments: readonly AttachmentView[]): string[] {
  return attachments.map(({ volumeName }) => volumeName).filter((name) => name !== undefined);
}
