import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../sandbox/cluster/objects.ts';
import { attachedVolumes } from '../../../shared/drain/volumes-left.ts';
import type { AttachmentView } from '../../../shared/lifecycle/node.ts';
import { createWorld, deployment, nodeName, type World } from './drain-world.ts';

const csi = (handle: string) => `kubernetes.io/csi/ebs.csi.aws.com^${handle}`;

function attachment(volumeName?: string, inlineName?: string): AttachmentView {
  return { name: `va-${volumeName ?? inlineName}`, nodeName, volumeName, inlineName, attached: true };
}

describe('what is attached to a node', () => {
  const names = new Map([
    ['pv-1', csi('vol-1')],
    ['pv-2', csi('vol-2')],
  ]);
  it.each([
    ['an attachment names it', [attachment('pv-1')], [], [], ['volume pv-1']],
    [
      'only the status of the node names it',
      [],
      [csi('vol-1')],
      [],
      [`volume ${csi('vol-1')} (says the node's status)`],
    ],
    ['both name it: it is told once', [attachment('pv-1')], [csi('vol-1')], [], ['volume pv-1']],
    ['two attachments name it: it is told once', [attachment('pv-1'), attachment('pv-1')], [], [], ['volume pv-1']],
    [
      'each names one',
      [attachment('pv-1')],
      [csi('vol-2')],
      [],
      ['volume pv-1', `volume ${csi('vol-2')} (says the node's status)`],
    ],
    ['both name it, but a pod that stays has it', [attachment('pv-1')], [csi('vol-1')], ['pv-1'], []],
    ['only the status names it, and a pod that stays has it', [], [csi('vol-1')], ['pv-1'], []],
    ['it is an inline volume', [attachment(undefined, csi('vol-9'))], [csi('vol-9')], [], []],
    ['what the status calls it is not known', [attachment('pv-9')], [], [], ['volume pv-9']],
    ['nothing names it', [], [], ['pv-1'], []],
  ])('T117: %s', (_, attachments, inStatus, staying, expected) => {
    expect(attachedVolumes(attachments, inStatus, new Set(staying), (name) => names.get(name))).toEqual(expected);
  });
});

describe('a drain whose node says that volumes are attached', () => {
  function volume(name: string, handle: string, claim?: string): Manifest[] {
    const claimRef = claim === undefined ? {} : { claimRef: { namespace: 'default', name: claim } };
    const spec = { csi: { driver: 'ebs.csi.aws.com', volumeHandle: handle }, ...claimRef };
    const persistent = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name }, spec };
    if (claim === undefined) return [persistent];
    const metadata = { name: claim, namespace: 'default' };
    return [persistent, { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: { volumeName: name } }];
  }
  function report(world: World, ...handles: string[]): void {
    const node = world.node();
    if (!node) throw new Error('no node');
    const volumesAttached = handles.map((handle) => ({ name: csi(handle), devicePath: '' }));
    world.cluster.apply({ ...node, status: { ...node.status, volumesAttached } });
  }
  function attached(name: string, detachAfter: string): Manifest {
    const metadata = { name: `va-${name}`, annotations: { 'sandbox/detach-after': detachAfter } };
    const spec = { attacher: 'ebs.csi.aws.com', nodeName, source: { persistentVolumeName: name } };
    return { apiVersion: 'storage.k8s.io/v1', kind: 'VolumeAttachment', metadata, spec };
  }
  const told = (world: World) =>
    world.report().timeline.flatMap(({ what, text }) => (what === 'attached' ? [text] : []));

  it('waits for one that no attachment names, and reads the status anew at each look', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    report(world, 'vol-1');
    const began = world.clock.now();
    world.at(20, () => report(world));
    const done = await world.drain(world.terminate());
    expect(done).toMatchObject({ end: { reason: 'drained' }, ticks: 1 });
    expect(told(world)).toEqual([`still attached or registered: volume ${csi('vol-1')} (says the node's status)`]);
    expect(world.clock.now() - began).toBeGreaterThanOrEqual(20_000);
    expect(world.clock.now() - began).toBeLessThan(24_000);
  });

  it('names a volume once that an attachment names, too, and ends when both are gone', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), ...volume('pv-1', 'vol-1'), attached('pv-1', '8s'));
    report(world, 'vol-1');
    world.at(30, () => report(world));
    await world.drain(world.terminate());
    expect(told(world)).toEqual([
      'still attached or registered: volume pv-1',
      `still attached or registered: volume ${csi('vol-1')} (says the node's status)`,
    ]);
  });

  it('does not wait for that of a pod that stays', async () => {
    const world = createWorld();
    const claim = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] };
    const annotations = { 'eks-node-lifecycle.io/drain': 'skip' };
    await world.fill(deployment('keeper', 1, { annotations, spec: claim }), ...volume('pv-1', 'vol-1', 'data'));
    report(world, 'vol-1');
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    expect(told(world)).toEqual([]);
  });

  it('tells what its status still names when the time for it is up', async () => {
    const world = createWorld({ policy: { detachSeconds: 60 } });
    await world.fill(deployment('web', 1));
    report(world, 'vol-1');
    const done = await world.drain(world.terminate());
    expect(done.end).toMatchObject({ reason: 'drained-not-detached', completion: 'CONTINUE', alarm: true });
    expect(done.end.text).toContain(csi('vol-1'));
  });

  it('does not wait when that node is gone', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    report(world, 'vol-1');
    world.at(12, () => world.cluster.remove('nodes', nodeName));
    const began = world.clock.now();
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    expect(world.clock.now() - began).toBeLessThan(60_000);
  });

  it('asks again for a volume that could not be read', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), ...volume('pv-1', 'vol-1'), attached('pv-1', '20s'));
    report(world, 'vol-1');
    const answer = { status: 503, body: 'unavailable' };
    world.cluster.faults.add({ match: /persistentvolumes/, times: 1, effect: { answer } });
    world.at(20, () => report(world));
    await world.drain(world.terminate());
    expect(told(world)).toEqual([
      `still attached or registered: volume pv-1, volume ${csi('vol-1')} (says the node's status)`,
      'still attached or registered: volume pv-1',
    ]);
  });
});
