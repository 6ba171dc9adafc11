import { stopAnnotation } from '../../../shared/lifecycle/mark.ts';
import type { Arena } from '../arena/arena.ts';

/** Force moments come 7 s after the start, since every pod here has a second of grace; the deadline is after 38 s. */
export const policy = { deadlineSeconds: 40, reserveSeconds: 2, detachSeconds: 4 };

const graceSeconds = 1;
/** After its refusal, and well before its force moment. */
const freedAfterSeconds = 1;

/** What a node can hold that a right is needed for. `freedAt` is when the budget of the pod `freed` gave way, epoch milliseconds. */
export async function furnish(arena: Arena): Promise<{ freedAt(): number | undefined }> {
  const detached = () => arena.send({ method: 'DELETE', path: `${attachments}/plain-${arena.id}` });
  const uid = await arena.daemonSet('agent');
  for (const claim of ['agent', 'plain', 'local']) await volume(arena, claim);
  for (const claim of ['agent', 'plain']) await attach(arena, claim);

  await arena.pod('agent', { owner: 'DaemonSet', ownerUid: uid, volumes: claimed('agent'), graceSeconds });
  await arena.pod('orphan', { owner: 'DaemonSet', ownerName: 'removed', graceSeconds });
  await arena.pod('local', { volumes: claimed('local'), graceSeconds });
  await arena.pod('plain', { volumes: claimed('plain'), graceSeconds, whenGone: detached });
  for (const name of ['held-1', 'held-2']) await arena.pod(name, { labels: { app: 'held' }, graceSeconds });
  await arena.budget('held', { maxUnavailable: 0 });
  const freed = await arena.pod('freed', { graceSeconds });
  await arena.budget('freed', { minAvailable: 1 });

  let freedAt: number | undefined;
  arena.at(0, async (closed) => {
    while (arena.evictions(freed)[0]?.status === undefined) await arena.clock.sleep(100, closed);
    await arena.clock.sleep(freedAfterSeconds * 1000, closed);
    freedAt = arena.clock.now();
    await arena.setBudget('freed', { disruptionsAllowed: 1, currentHealthy: 2 });
  });
  return { freedAt: () => freedAt };
}

/** Asks the drain to stop and to complete the hook, should it still run then. */
export function stopAfter(seconds: number, { at, patch, paths, node }: Arena): void {
  const annotations = { [stopAnnotation]: 'complete' };
  at(seconds, () => patch(paths.node(node.name), { metadata: { annotations } }));
}

const attachments = '/apis/storage.k8s.io/v1/volumeattachments';
const claimed = (claimName: string) => [{ name: 'data', persistentVolumeClaim: { claimName } }];

/** A claim and its volume; the one called `local` cannot leave the node. */
async function volume({ id, node, namespace, ...arena }: Arena, name: string): Promise<void> {
  const here = { key: 'kubernetes.io/hostname', operator: 'In', values: [node.name] };
  const pinned = { nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [here] }] } } };
  const accessModes = ['ReadWriteOnce'];
  const csi = { driver: 'csi.example.com', volumeHandle: name };
  const spec = { capacity: { storage: '1Gi' }, accessModes, csi, ...(name === 'local' && pinned) };
  const body = { metadata: { name: `${name}-${id}` }, spec };
  await arena.make('/api/v1/persistentvolumes', body);
  // Nobody would take the protection away when the volume is deleted.
  await arena.patch(`/api/v1/persistentvolumes/${name}-${id}`, { metadata: { finalizers: null } });
  const claim = { accessModes, resources: { requests: { storage: '1Gi' } }, volumeName: `${name}-${id}` };
  const path = `/api/v1/namespaces/${namespace}/persistentvolumeclaims`;
  await arena.send({ method: 'POST', path, body: { metadata: { name }, spec: claim } });
}

async function attach({ id, node, make }: Arena, name: string): Promise<void> {
  const spec = { attacher: 'csi.example.com', nodeName: node.name, source: { persistentVolumeName: `${name}-${id}` } };
  const body = { metadata: { name: `${name}-${id}` }, spec };
  await make(attachments, body);
}
