import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { createAutoScaling } from '../../shared/adapters/auto-scaling.ts';
import { clientDefaults } from '../../shared/adapters/client-defaults.ts';
import { lazyClusters } from '../../shared/adapters/lazy-clusters.ts';
import { lazyCompute } from '../../shared/adapters/lazy-compute.ts';
import { lazyReports } from '../../shared/adapters/lazy-reports.ts';
import { createLog } from '../../shared/adapters/log.ts';
import { createMetrics } from '../../shared/adapters/metrics.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { rememberingAutoScaling } from '../../shared/adapters/remembering-auto-scaling.ts';
import { parseTerminateSettings } from '../../shared/settings/terminate.ts';
import { createTerminate } from './create-terminate.ts';

const settings = parseTerminateSettings(process.env);
export const handler = createTerminate(settings, {
  autoScaling: rememberingAutoScaling(createAutoScaling(new AutoScalingClient(clientDefaults)), { clock: realClock }),
  clusters: lazyClusters({
    leaseNamespace: settings.leaseNamespace,
    reportingInstance: 'terminate',
    stsEndpoint: process.env.AWS_ENDPOINT_URL_STS,
  }),
  compute: lazyCompute(),
  // No adapter yet: the node's label is all that takes it out of its load balancers.
  loadBalancers: { stillRegistered: async () => [] },
  reports: lazyReports(settings),
  log: createLog({ service: 'terminate', level: settings.logLevel }),
  metrics: createMetrics({ service: 'terminate' }),
  random: Math.random,
});
