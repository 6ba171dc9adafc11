import type { Service } from '../../shared/metrics-catalogue.ts';
import { ownMetric, searchFor } from './own-metrics.ts';
import { graph, type Section } from './section.ts';

const both = ['terminate', 'launch'] as const satisfies Service[];
const services = ['intake', 'terminate', 'launch', 'drain'] as const satisfies Service[];
const repeated = (service: Service) => ownMetric(service, 'CallsRepeated', {}, { label: service });
const whose = { terminate: 'drain', launch: 'launch' };

export function troubleSection(): Section {
  return {
    title: 'What stands in the way',
    says: 'Empty graphs are good ones.',
    rows: [
      [
        graph(
          'Clusters: no answer, or refused',
          both.map((service) => searchFor(service, 'ClusterTrouble', { by: ['Kind'], label: whose[service] })),
          { of: 4 },
        ),
        graph(
          'The same, by cluster',
          both.map((service) => searchFor(service, 'ClusterTrouble', { by: ['Cluster'], label: whose[service] })),
          { of: 4 },
        ),
        graph(
          'Rights, hooks and reports',
          [
            ownMetric('terminate', 'RightsMissing', {}, { label: 'right missing' }),
            ownMetric('terminate', 'HookOptionsUnusable', {}, { label: 'hook options unusable' }),
            ownMetric('terminate', 'ReportsNotKept', {}, { label: 'report not kept' }),
          ],
          { of: 4 },
        ),
        graph(
          'Auto Scaling does not take',
          both.flatMap((service) => [
            ownMetric(service, 'HookCompletionsFailed', {}, { label: `${whose[service]}: the end` }),
            ownMetric(service, 'HeartbeatsFailed', {}, { label: `${whose[service]}: a heartbeat` }),
          ]),
          { of: 4 },
        ),
      ],
      [graph('Calls of AWS that were repeated: throttled, or failed', services.map(repeated), { of: 1 })],
    ],
  };
}
