import { describe, expect, it, vi } from 'vitest';
import { createMetrics } from '../../../shared/adapters/metrics.ts';
import { type CatalogueEntry, metricsCatalogue } from '../../../shared/metrics-catalogue.ts';

function captureLines() {
  const stream = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  return () => stream.mock.calls.map(([line]) => JSON.parse(String(line)));
}

describe('a metric', () => {
  it('is one line of embedded metric format under the service and its dimensions together', () => {
    const lines = captureLines();
    const metrics = createMetrics({ service: 'terminate' });
    metrics.add('NoticesEnded', 'Count', 1, { Notice: 'rebalance', End: 'cordoned' });
    expect(lines()).toEqual([
      {
        _aws: {
          Timestamp: expect.any(Number),
          CloudWatchMetrics: [
            {
              Namespace: 'eks-node-lifecycle',
              Dimensions: [['service', 'Notice', 'End']],
              Metrics: [{ Name: 'NoticesEnded', Unit: 'Count' }],
            },
          ],
        },
        service: 'terminate',
        Notice: 'rebalance',
        End: 'cordoned',
        NoticesEnded: 1,
      },
    ]);
  });

  it('keeps the dimensions of one off the next', () => {
    const lines = captureLines();
    const metrics = createMetrics({ service: 'terminate' });
    metrics.add('DrainsAlarming', 'Count', 1, { Cluster: 'blue' });
    metrics.add('DrainsAlarming', 'Count', 1);
    const dimensions = lines().map(({ _aws }) => _aws.CloudWatchMetrics[0].Dimensions);
    expect(dimensions).toEqual([[['service', 'Cluster']], [['service']]]);
  });

  it('refuses an empty dimension, which would be dropped and join another metric', () => {
    const lines = captureLines();
    const add = () => createMetrics({ service: 'terminate' }).add('DrainsAlarming', 'Count', 1, { Cluster: ' ' });
    expect(add).toThrow(new RangeError('metric dimension Cluster is empty'));
    expect(lines()).toEqual([]);
  });

  it('that the catalogue does not have is refused by the compiler', () => {
    captureLines();
    const metrics = createMetrics({ service: 'terminate' });
    // @ts-expect-error there is no such metric
    metrics.add('PodsEaten', 'Count', 1);
    // @ts-expect-error it is a count
    metrics.add('PodsEvicted', 'Seconds', 1);
    // @ts-expect-error a node is no dimension
    metrics.add('PodsEvicted', 'Count', 1, { Node: 'worker-1' });
    // @ts-expect-error no drain ends like that
    metrics.add('DrainsEnded', 'Count', 1, { End: 'tired' });
    // @ts-expect-error without its dimension
    metrics.add('DrainsEnded', 'Count', 1);
    expect(metrics).toBeDefined();
  });
});

describe('the catalogue', () => {
  const entries: readonly [string, CatalogueEntry][] = Object.entries(metricsCatalogue);
  const sets = entries.flatMap(([name, { by }]) => by.map((set) => ({ name, set })));

  it('has no dimension with a value for each pod, node, instance or execution', () => {
    const names = new Set(sets.flatMap(({ set }) => Object.keys(set)));
    expect([...names].filter((name) => /pod|node|instance|execution|uid/i.test(name))).toEqual([]);
  });

  it('has nothing but the cluster for a dimension whose values nobody knows beforehand, and that by itself', () => {
    for (const { name, set } of sets.filter(({ set }) => Object.values(set).includes('open'))) {
      expect(Object.keys(set), name).toEqual(['Cluster']);
    }
  });

  it('costs at most six metrics for a cluster, and 184 whatever else happens', () => {
    const countOf = ({ from, by }: CatalogueEntry, open: boolean) =>
      from.length *
      by
        .filter((set) => Object.values(set).includes('open') === open)
        .map((set) => Object.values(set).reduce((product, values) => product * (open ? 1 : values.length), 1))
        .reduce((sum, count) => sum + count, 0);
    const total = (open: boolean) => entries.reduce((sum, [, entry]) => sum + countOf(entry, open), 0);
    expect(total(true)).toBe(6);
    expect(total(false)).toBe(184);
  });
});
