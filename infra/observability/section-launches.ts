import { ownMetric, searchFor, sumOf } from './own-metrics.ts';
import { graph, type Section } from './section.ts';

export function launchSection(): Section {
  const ended = (End: 'never-ready' | 'instance-gone') => ownMetric('launch', 'LaunchesEnded', { End });
  return {
    title: 'Launches',
    says: 'An instance that is abandoned is replaced by its group; one that is kept although it was never ready waits for you.',
    rows: [
      [
        graph('Launches by end', [searchFor('launch', 'LaunchesEnded', { by: ['End'], without: { End: 'ignored' } })], {
          of: 4,
          stacked: true,
        }),
        graph('Abandoned', [sumOf({ neverReady: ended('never-ready'), gone: ended('instance-gone') }, 'abandoned')], {
          of: 4,
        }),
        graph(
          'Launch duration by end, p90',
          [searchFor('launch', 'LaunchDuration', { by: ['End'], statistic: 'p90' })],
          { of: 4 },
        ),
        graph(
          'By cluster: p90, need you (right)',
          [searchFor('launch', 'LaunchDuration', { by: ['Cluster'], statistic: 'p90', label: 'p90' })],
          { of: 4, right: [searchFor('launch', 'LaunchesAlarming', { by: ['Cluster'], label: 'need you' })] },
        ),
      ],
    ],
  };
}
