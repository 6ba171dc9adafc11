import { describe, expect, it } from 'vitest';
import { budget, createWorld, deployment, nodeName, type World } from './drain-world.ts';

const never = { maxUnavailable: 0 };
const noTags = {};

function told(world: World) {
  const events = world.cluster.list('events') as unknown as { reason: string; message: string; type: string }[];
  return {
    events: events.filter(({ reason }) => reason === 'HookOptionsUnusable'),
    lines: world.lines.filter(({ message }) => message === 'hook options unusable'),
    metrics: world.metrics.filter(({ name }) => name === 'HookOptionsUnusable'),
    entries: world.report().timeline.filter(({ what }) => what === 'hook-options'),
  };
}
const deadlineSeconds = (world: World) =>
  (Date.parse(world.report().deadlineAt ?? '') - Date.parse(world.report().startedAt)) / 1000;

describe('an option in the hook’s metadata', () => {
  it('changes the deadline, and what happens at it', async () => {
    const world = createWorld({ hookMetadata: '{"drainTimeoutSeconds":200,"onDeadline":"continue"}' });
    await world.fill(deployment('db', 1), budget('db', never));
    const done = await world.drain(world.terminate());
    expect(done.end).toMatchObject({ reason: 'deadline', completion: 'CONTINUE' });
    expect(deadlineSeconds(world)).toBe(140);
    expect(world.pods()).toHaveLength(1);
    expect(told(world)).toEqual({ events: [], lines: [], metrics: [], entries: [] });
  });

  it('caps what a pod is given to stop', async () => {
    const world = createWorld({ hookMetadata: '{"graceCapSeconds":7}' });
    const slow = { spec: { terminationGracePeriodSeconds: 600 }, annotations: { 'sandbox/stop-after': '600s' } };
    await world.fill(deployment('web', 1, slow));
    await world.drain(world.terminate());
    const { evictedAt, goneAt } = world.pod('web') ?? {};
    expect((Date.parse(goneAt ?? '') - Date.parse(evictedAt ?? '')) / 1000).toBeLessThan(9);
  });

  it('lets the pods of DaemonSets go last', async () => {
    const world = createWorld({ hookMetadata: '{"daemonSets":"evict-last"}' });
    const template = { metadata: { labels: { app: 'logs' } }, spec: { containers: [{ name: 'main', image: 'demo' }] } };
    const spec = { selector: { matchLabels: { app: 'logs' } }, template };
    await world.fill({
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'logs', namespace: 'default' },
      spec,
    });
    await world.drain(world.terminate());
    expect(world.what()).toContain('daemonsets-last');
  });

  it('limits how long volumes are waited for', async () => {
    const world = createWorld({ hookMetadata: '{"detachSeconds":30}' });
    await world.fill(deployment('web', 1), {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'VolumeAttachment',
      metadata: { name: 'va-1', annotations: { 'sandbox/detach-after': 'never' } },
      spec: { attacher: 'ebs.csi.aws.com', nodeName, source: { persistentVolumeName: 'pv-1' } },
      status: { attached: true },
    });
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained-not-detached');
    expect(world.seconds()).toBeLessThan(60);
  });

  it('names the cluster', async () => {
    const world = createWorld({ hookMetadata: '{"cluster":"blue"}' });
    await world.fill(deployment('web', 1));
    await world.drain(world.terminate());
    expect(world.report().cluster).toBe('blue');
  });

  it('is that of the event before that of the hook, which may have been changed since', async () => {
    const world = createWorld({ hookMetadata: '{"drainTimeoutSeconds":200}' });
    await world.fill(deployment('web', 1));
    await world.drain({ ...world.terminate(), metadata: '{"drainTimeoutSeconds":300}' });
    expect(deadlineSeconds(world)).toBe(240);
  });
});

describe('an option that cannot be used', () => {
  const bad = '{"drainTimeoutSeconds":"5m","onDeadline":"continue","detachSeconds":-1,"graceCapSeconds":10}';

  it('is told on the Node, in the log, the report and the metric, each once, and the others hold', async () => {
    const world = createWorld({ hookMetadata: bad, policy: { deadlineSeconds: 400 } });
    await world.fill(deployment('db', 1), budget('db', never));
    // Marking again after someone has uncordoned the node is not another reason to tell it.
    world.at(60, () => {
      const node = world.node();
      if (node) world.cluster.apply({ ...node, spec: { ...node.spec, unschedulable: false, taints: [] } });
    });
    const done = await world.drain(world.terminate());
    const text =
      'NotificationMetadata of the hook: drainTimeoutSeconds: expected a whole number of seconds from 1 to 172800; detachSeconds: expected a whole number of seconds from 0 to 7200';
    const { events, lines, metrics, entries } = told(world);
    expect(events).toMatchObject([{ type: 'Warning', message: text }]);
    expect(lines).toMatchObject([
      { level: 'error', fields: { problems: [expect.stringContaining('drainTimeout'), expect.any(String)] } },
    ]);
    expect(metrics).toEqual([{ name: 'HookOptionsUnusable', value: 1, dimensions: undefined }]);
    expect(entries).toMatchObject([{ text }]);
    expect(world.what().filter((what) => what === 'marked')).toHaveLength(2);
    expect(done.ticks).toBeGreaterThan(2);
    expect(done.end).toMatchObject({ reason: 'deadline', completion: 'CONTINUE' });
    expect(deadlineSeconds(world)).toBe(340);
  });

  it('is not told again by the next tick, nor by one that knows of none before it', async () => {
    const world = createWorld({ hookMetadata: bad });
    await world.fill(deployment('web', 1));
    const action = world.terminate();
    await world.tickOnce({ action, state: null, execution: 'one' }, 3);
    await world.drain(action);
    expect(told(world).metrics).toHaveLength(1);
  });

  it.each(['{"cluster":"two words"}', '{"cluster":7}', '{"cluster":""}'])(
    'leaves the cluster to the tags of the group: %s',
    async (hookMetadata) => {
      const world = createWorld({ hookMetadata });
      await world.fill(deployment('web', 1));
      const done = await world.drain(world.terminate());
      expect(done.end.reason).toBe('drained');
      expect(world.report().cluster).toBe('demo');
      expect(told(world).entries[0]?.text).toContain('cluster: expected the name of an EKS cluster');
    },
  );

  it('leaves nothing to go by when nothing else names the cluster', async () => {
    const world = createWorld({ hookMetadata: '{"cluster":"two words"}', tags: noTags });
    expect((await world.drain(world.terminate())).end).toMatchObject({ reason: 'ignored', code: 'no-cluster' });
  });
});

describe('a key beside ours that is not ours', () => {
  it('is told on the Node and in the report, since it may be a slip; it counts as no problem, since it may be another’s', async () => {
    const world = createWorld({ hookMetadata: '{"cluster":"demo","drainTimeout":600,"team":"a"}' });
    await world.fill(deployment('web', 1));
    expect((await world.drain(world.terminate())).end.reason).toBe('drained');
    const text = 'NotificationMetadata of the hook: not options of ours: drainTimeout, team';
    const { events, lines, metrics, entries } = told(world);
    expect(events).toMatchObject([{ type: 'Normal', message: text }]);
    expect(entries).toMatchObject([{ text }]);
    expect([...lines, ...metrics]).toEqual([]);
  });

  it('is told beside one that is bad', async () => {
    const world = createWorld({ hookMetadata: '{"cluster":"two words","team":"a"}' });
    await world.fill(deployment('web', 1));
    await world.drain(world.terminate());
    expect(told(world).entries[0]?.text).toBe(
      'NotificationMetadata of the hook: cluster: expected the name of an EKS cluster; not options of ours: team',
    );
    expect(told(world)).toMatchObject({ events: [{ type: 'Warning' }], metrics: [{ value: 1 }] });
  });
});

describe('metadata that is somebody else’s', () => {
  it.each(['additional-info', '', '{"team":"a","timeout":5}', '["cluster"]', '"cluster"', 'null', '{"cluster":"na'])(
    'says nothing, and nothing is told: %j',
    async (hookMetadata) => {
      const world = createWorld({ hookMetadata });
      await world.fill(deployment('web', 1));
      expect((await world.drain(world.terminate())).end.reason).toBe('drained');
      expect(deadlineSeconds(world)).toBe(3540);
      expect(told(world)).toEqual({ events: [], lines: [], metrics: [], entries: [] });
    },
  );
});
