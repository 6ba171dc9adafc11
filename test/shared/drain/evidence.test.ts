import { describe, expect, it } from 'vitest';
import { budget, createWorld, deployment, type World } from './drain-world.ts';

async function blockedForAWhile(): Promise<World> {
  const world = createWorld();
  await world.fill(deployment('web', 2), deployment('api', 1), budget('web', { maxUnavailable: 0 }));
  world.at(600, () => world.cluster.apply(budget('web', { maxUnavailable: 2 })));
  await world.drain(world.terminate());
  return world;
}

interface StoredEvent {
  reason: string;
  message: string;
  type: string;
  involvedObject: { kind: string; name: string };
}

describe('what a drain leaves behind', () => {
  it('Kubernetes Events: each fact once, however many ticks saw it, so that kubectl describe tells the story', async () => {
    const world = await blockedForAWhile();
    const events = world.cluster.list('events') as unknown as StoredEvent[];
    const told = events.map(
      ({ reason, involvedObject }) =>
        `${reason} ${involvedObject.kind} ${involvedObject.name.replace(/-[^-]+-[^-]+$/, '')}`,
    );
    expect(told.sort()).toEqual([
      'DrainEnded Node ip-10-0',
      'DrainStarted Node ip-10-0',
      'EvictionBlocked Pod web',
      'EvictionBlocked Pod web',
    ]);
    expect(events.find(({ reason }) => reason === 'EvictionBlocked')).toMatchObject({
      type: 'Warning',
      message: expect.stringContaining('The disruption budget web needs 2 healthy pods and has 2 currently'),
    });
  });

  it('metrics: drains by end, duration, evictions, blocked, forced, and no pod, node or instance as a dimension', async () => {
    const world = await blockedForAWhile();
    const value = (name: string) => world.metrics.find((metric) => metric.name === name);
    expect(value('DrainsEnded')).toEqual({ name: 'DrainsEnded', value: 1, dimensions: { End: 'drained' } });
    expect(value('DrainDuration')?.value).toBeGreaterThan(590);
    expect(value('PodsEvicted')?.value).toBe(3);
    expect(world.metrics.filter(({ name }) => name === 'PodsBlocked')).toEqual(
      ['web', 'web'].map(() => ({ name: 'PodsBlocked', value: 1, dimensions: { Cause: 'budget' } })),
    );
    expect(value('TimeToCordon')).toEqual({ name: 'TimeToCordon', value: expect.any(Number), dimensions: undefined });
    expect(world.metrics.filter(({ dimensions }) => dimensions && 'Cluster' in dimensions)).toMatchObject([
      { name: 'DrainsAlarming', value: 0, dimensions: { Cluster: 'demo' } },
      { name: 'DrainDuration', dimensions: { Cluster: 'demo' } },
    ]);
    expect(value('PodsForced')?.value).toBe(0);
    const dimensions = world.metrics.flatMap((metric) => Object.keys(metric.dimensions ?? {}));
    expect(new Set(dimensions)).toEqual(new Set(['Cause', 'Cluster', 'End']));
  });

  it('one structured line at the end, with what a search needs', async () => {
    const world = await blockedForAWhile();
    const ended = world.lines.filter(({ message }) => message === 'drain ended');
    expect(ended).toHaveLength(1);
    expect(ended[0]).toMatchObject({
      level: 'info',
      fields: {
        instance: 'i-05629ab7d9287e205',
        group: 'example-asg',
        cluster: 'demo',
        node: 'ip-10-0-1-10.ec2.internal',
        end: { reason: 'drained' },
        counts: { evicted: 3, forced: 0, blocked: 2 },
        pods: { evictable: 3 },
        report: expect.stringMatching(/^memory:/),
      },
    });
  });

  it('a report: timeline, every pod with verdict, evictions tried, causes and times', async () => {
    const world = await blockedForAWhile();
    const report = world.report();
    expect(report).toMatchObject({
      cluster: 'demo',
      node: 'ip-10-0-1-10.ec2.internal',
      end: { reason: 'drained', completion: 'CONTINUE' },
    });
    expect(report.timeline.map(({ at }) => at)).toEqual(report.timeline.map(({ at }) => at).sort());
    expect(report.heartbeats.length).toBeGreaterThanOrEqual(2);
    expect(report.pods).toHaveLength(3);
    const web = world.pod('web');
    expect(web).toMatchObject({
      verdict: 'evict',
      code: 'evictable',
      evictedAt: expect.any(String),
      goneAt: expect.any(String),
    });
    expect(web?.evictionsTried).toBeGreaterThan(3);
    expect(web?.causes).toHaveLength(1);
    expect(web?.causes[0]?.times).toBe((web?.evictionsTried ?? 0) - 1);
  });

  it('trouble with the cluster is an error line and a metric at once, not only when it gave up', async () => {
    const world = createWorld();
    world.cluster.faults.add({ match: /nodes/, effect: { reset: 'before' } });
    const output = await world.tickOnce({ action: world.terminate(), state: null, execution: 'one' });
    expect(output.status).toBe('again');
    expect(world.lines).toContainEqual(expect.objectContaining({ level: 'error', message: 'cluster trouble' }));
    expect(world.metrics).toContainEqual({
      name: 'ClusterTrouble',
      value: 1,
      dimensions: { Kind: 'cluster-unreachable' },
    });
  });

  it('a report store that fails or hangs costs the evidence, not the drain', async () => {
    for (const save of [async () => Promise.reject(new Error('AccessDenied')), () => new Promise<string>(() => {})]) {
      const world = createWorld();
      await world.fill(deployment('web', 1));
      world.ports.reports.save = (_key, _report, signal) =>
        Promise.race([
          save(),
          new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
        ]);
      const done = await world.drain(world.terminate());
      expect(done).toMatchObject({ end: { reason: 'drained' }, report: null });
      expect(world.lines).toContainEqual(expect.objectContaining({ level: 'error', message: 'report not kept' }));
    }
  });
});
