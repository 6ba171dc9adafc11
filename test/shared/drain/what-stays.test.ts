import { describe, expect, it } from 'vitest';
import { createWorld, deployment, nodeName } from './drain-world.ts';

const daemonSet = (name: string, more: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name, namespace: 'default' },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'main', image: 'demo' }], ...more } },
  },
});

describe('what stays, what is not waited for', () => {
  it('DaemonSet pods stay and hold nothing up (T04)', async () => {
    const world = createWorld();
    await world.fill(daemonSet('logger'), deployment('web', 1));
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    expect(world.pods().map((pod) => pod.metadata.ownerReferences?.[0]?.name)).toEqual(['logger']);
    expect(world.pod('logger')).toMatchObject({ verdict: 'stay', code: 'daemonset-pod', evictionsTried: 0 });
  });

  it('daemonSets evict-last: once, after the others, never node plumbing', async () => {
    const world = createWorld({ policy: { daemonSets: 'evict-last' } });
    await world.fill(daemonSet('logger'), daemonSet('kube-proxy'), daemonSet('ebs-csi-node'), deployment('web', 1));
    await world.drain(world.terminate());
    const evicted = world.report().timeline.filter(({ what, text }) => what === 'evicted' && text.includes('last'));
    expect(evicted.map(({ pod }) => pod?.replace(/-[^-]+$/, ''))).toEqual(['default/logger']);
    const texts = world.report().timeline.map(({ text }) => text);
    expect(texts.findIndex((text) => text.includes('evicted last'))).toBeGreaterThan(
      texts.indexOf('it is gone from the node'),
    );
  });

  it('a pod that tolerates the cordon is evicted once and bounces: neither evicted again nor waited for', async () => {
    const world = createWorld();
    await world.fill(
      deployment('sticky', 1, {
        spec: { tolerations: [{ operator: 'Exists' }], nodeSelector: { 'kubernetes.io/hostname': nodeName } },
      }),
    );
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    expect(world.report().pods.map(({ code }) => code)).toEqual(expect.arrayContaining(['bounce']));
    expect(world.report().pods.filter(({ evictionsTried }) => evictionsTried > 0)).toHaveLength(1);
  });

  it.each([
    ['a terminating pod is not waited for more than a minute past its grace (T76)', 90, 95, 130],
    ['a terminating pod is not waited for at all when its kubelet has been silent for five minutes (T77)', 600, 0, 30],
  ])('%s', async (_title, silentSeconds, from, to) => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    const node = world.node();
    const since = new Date(world.clock.now() - silentSeconds * 1000).toISOString();
    if (node)
      world.cluster.apply({
        ...node,
        status: { conditions: [{ type: 'Ready', status: 'Unknown', lastTransitionTime: since }] },
      });
    const began = world.clock.now();
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    expect(done.end.text).toMatch(/not waited for any longer: default\/web-/);
    const seconds = (world.clock.now() - began) / 1000;
    expect(seconds).toBeGreaterThan(from);
    expect(seconds).toBeLessThan(to);
  });

  it('a pod that asks to wait is left to finish, however long, within the deadline (T32)', async () => {
    const world = createWorld();
    await world.fill({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'batch', namespace: 'default' },
      spec: {
        parallelism: 1,
        completions: 1,
        template: {
          metadata: {
            labels: { app: 'batch' },
            annotations: { 'sandbox/finish-after': '900s', 'eks-node-lifecycle.io/drain': 'wait' },
          },
          spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'demo' }] },
        },
      },
    });
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    expect(world.pod('batch')).toMatchObject({ code: 'wait-requested', evictionsTried: 0 });
    expect(world.seconds()).toBeGreaterThan(890);
  });

  it('a pod bound during the settle window is an ordinary late arrival and is evicted', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    world.at(3, () =>
      world.cluster.apply({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'late', namespace: 'default' },
        spec: { nodeName, containers: [{ name: 'main', image: 'demo' }] },
      }),
    );
    await world.drain(world.terminate());
    expect(world.pod('late')).toMatchObject({ code: 'unmanaged-pod' });
    expect(world.pod('late')?.evictedAt).toBeDefined();
  });

  it('volumes are waited for, those of pods that stay and inline ones are not (T114, T115)', async () => {
    const world = createWorld();
    const attachment = (name: string, source: object, detachAfter: string) => ({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'VolumeAttachment',
      metadata: { name, annotations: { 'sandbox/detach-after': detachAfter } },
      spec: { attacher: 'ebs.csi.aws.com', nodeName, source },
      status: { attached: true },
    });
    const claim = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] };
    await world.fill(
      {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: 'pv-stays' },
        spec: { claimRef: { namespace: 'default', name: 'data' } },
      },
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data', namespace: 'default' },
        spec: { volumeName: 'pv-stays' },
        status: { phase: 'Bound' },
      },
      daemonSet('keeper', claim),
      deployment('web', 1),
      attachment('stays', { persistentVolumeName: 'pv-stays' }, 'never'),
      attachment('inline', {}, 'never'),
      attachment('goes', { persistentVolumeName: 'pv-goes' }, '25s'),
    );
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    expect(world.what()).toContain('attached');
    expect(
      world
        .report()
        .timeline.filter(({ what }) => what === 'attached')
        .map(({ text }) => text),
    ).toEqual(['still attached or registered: volume pv-goes']);
  });
});
