import { ownMetric, searchFor } from './own-metrics.ts';
import { graph, red, type Section } from './section.ts';

export function drainSection(): Section {
  const cordon = (statistic: string) => ownMetric('terminate', 'TimeToCordon', {}, { statistic, label: statistic });
  return {
    title: 'Drains',
    says: 'Everything but drained, no-node, handed-over and cordoned is worth a look; durations are in seconds.',
    rows: [
      [
        graph('Drains by end', [searchFor('terminate', 'DrainsEnded', { by: ['End'], without: { End: 'ignored' } })], {
          of: 3,
          stacked: true,
        }),
        graph(
          'Drain duration by end, p90',
          [searchFor('terminate', 'DrainDuration', { by: ['End'], statistic: 'p90' })],
          { of: 3 },
        ),
        graph('Seconds until the node is cordoned', ['p50', 'p90', 'Maximum'].map(cordon), { of: 3 }),
      ],
      [
        graph('Pods blocked, by cause', [searchFor('terminate', 'PodsBlocked', { by: ['Cause'] })], {
          of: 3,
          stacked: true,
        }),
        graph(
          'Pods evicted, and deleted past their budgets',
          [
            ownMetric('terminate', 'PodsEvicted', {}, { label: 'evicted' }),
            ownMetric('terminate', 'PodsForced', {}, { label: 'deleted past their budgets', color: red }),
          ],
          { of: 3 },
        ),
        graph(
          'Notices without a hook, by kind and end',
          [searchFor('terminate', 'NoticesEnded', { by: ['Notice', 'End'] })],
          {
            of: 3,
            stacked: true,
          },
        ),
      ],
      [
        graph(
          'Drains by cluster',
          [searchFor('terminate', 'DrainDuration', { by: ['Cluster'], statistic: 'SampleCount' })],
          {
            of: 3,
            stacked: true,
          },
        ),
        graph(
          'Drain duration by cluster, p90',
          [searchFor('terminate', 'DrainDuration', { by: ['Cluster'], statistic: 'p90' })],
          { of: 3 },
        ),
        graph('Drains that need you, by cluster', [searchFor('terminate', 'DrainsAlarming', { by: ['Cluster'] })], {
          of: 3,
          stacked: true,
        }),
      ],
    ],
  };
}
