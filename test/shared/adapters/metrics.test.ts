import { describe, expect, it, vi } from 'vitest';
import { createMetrics } from '../../../shared/adapters/metrics.ts';

function captureLines() {
  const stream = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  return () => stream.mock.calls.map(([line]) => JSON.parse(String(line)));
}

describe('a metric', () => {
  it('is one line of embedded metric format under the service and its dimensions together', () => {
    const lines = captureLines();
    createMetrics({ service: 'terminate' }).add('DrainDuration', 'Seconds', 42.5, {
      cluster: 'blue',
      reason: 'drained',
    });
    expect(lines()).toEqual([
      {
        _aws: {
          Timestamp: expect.any(Number),
          CloudWatchMetrics: [
            {
              Namespace: 'eks-node-lifecycle',
              Dimensions: [['service', 'cluster', 'reason']],
              Metrics: [{ Name: 'DrainDuration', Unit: 'Seconds' }],
            },
          ],
        },
        service: 'terminate',
        cluster: 'blue',
        reason: 'drained',
        DrainDuration: 42.5,
      },
    ]);
  });

  it('keeps the dimensions of one off the next', () => {
    const lines = captureLines();
    const metrics = createMetrics({ service: 'intake' });
    metrics.add('EventsTaken', 'Count', 1, { outcome: 'started' });
    metrics.add('EventsTaken', 'Count', 1);
    const dimensions = lines().map(({ _aws }) => _aws.CloudWatchMetrics[0].Dimensions);
    expect(dimensions).toEqual([[['service', 'outcome']], [['service']]]);
  });

  it.each(['pod', 'node', 'instance', 'instanceId', 'node_name', 'podUID', 'execution'])(
    'refuses the dimension %s, and writes nothing',
    (dimension) => {
      const lines = captureLines();
      const add = () => createMetrics({ service: 'terminate' }).add('PodsEvicted', 'Count', 1, { [dimension]: 'x' });
      expect(add).toThrow(new RangeError(`metric dimension ${dimension} has too many values`));
      expect(lines()).toEqual([]);
    },
  );

  it('refuses them where they are written out, at compile time', () => {
    const metrics = createMetrics({ service: 'terminate' });
    // @ts-expect-error a node is no dimension
    expect(() => metrics.add('PodsEvicted', 'Count', 1, { node: 'worker-1' })).toThrow(RangeError);
  });

  it('refuses an empty dimension, which would be dropped and join another metric', () => {
    const add = () => createMetrics({ service: 'terminate' }).add('PodsEvicted', 'Count', 1, { cluster: ' ' });
    expect(add).toThrow(new RangeError('metric dimension cluster is empty'));
  });
});
