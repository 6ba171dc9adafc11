import { expect, it } from 'vitest';
import { budget, createWorld, deployment, nodeName } from './drain-world.ts';

const attachment = (detachAfter: string) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'VolumeAttachment',
  metadata: { name: 'data', annotations: { 'sandbox/detach-after': detachAfter } },
  spec: { attacher: 'ebs.csi.aws.com', nodeName, source: { persistentVolumeName: 'pv' } },
  status: { attached: true },
});

it('notes the last pod as gone when it goes, not when its volume is detached', async () => {
  const world = createWorld();
  await world.fill(deployment('db', 1), attachment('60s'));
  await world.drain(world.terminate());
  const { pods, endedAt, timeline } = world.report();
  const gone = timeline.filter(({ what }) => what === 'gone');
  expect(gone.map(({ pod }) => pod)).toEqual([`default/${pods[0]?.name}`]);
  expect(pods[0]?.goneAt).toBe(gone[0]?.at);
  expect(Date.parse(endedAt ?? '') - Date.parse(gone[0]?.at ?? '')).toBeGreaterThan(55_000);
});

it('logs a verdict for each pod once, although it looks at them again and again', async () => {
  const world = createWorld();
  const skipped = deployment('agent', 1, { annotations: { 'eks-node-lifecycle.io/drain': 'skip' } });
  await world.fill(deployment('web', 3), budget('web', { maxUnavailable: 1 }), skipped);
  await world.drain(world.terminate());
  const judged = world.lines.filter(({ message }) => message === 'pod judged').map(({ fields }) => fields);
  expect(judged.map(({ pod }) => pod)).toEqual(
    world.report().pods.map(({ namespace, name }) => `${namespace}/${name}`),
  );
  expect(judged.map(({ verdict }) => verdict).sort()).toEqual(['evict', 'evict', 'evict', 'stay']);
  expect(judged).toContainEqual(
    expect.objectContaining({ code: 'skip-requested', reason: expect.stringContaining('skip') }),
  );
});
