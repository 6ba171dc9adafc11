import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { createAutoScaling } from '../../shared/adapters/auto-scaling.ts';
import { clientDefaults } from '../../shared/adapters/client-defaults.ts';
import { lazyClusters } from '../../shared/adapters/lazy-clusters.ts';
import { lazyCompute } from '../../shared/adapters/lazy-compute.ts';
import { lazyLoadBalancers } from '../../shared/adapters/lazy-load-balancers.ts';
import { lazyReports } from '../../shared/adapters/lazy-reports.ts';
import { createLog } from '../../shared/adapters/log.ts';
import { createMetrics } from '../../shared/adapters/metrics.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { rememberingAutoScaling } from '../../shared/adapters/remembering-auto-scaling.ts';
import { noteRepeatedCalls } from '../../shared/adapters/repeated-calls.ts';
import { parseTerminateSettings } from '../../shared/settings/terminate.ts';
import { createTerminate } from './create-terminate.ts';

const settings = parseTerminateSettings(process.env);
const log = createLog({ service: 'terminate', level: settings.logLevel });
const metrics = createMetrics({ service: 'terminate' });
noteRepeatedCalls({ log, metrics });
export const handler = createTerminate(settings, {
  autoScaling: rememberingAutoScaling(createAutoScaling(new AutoScalingClient(clientDefaults)), { clock: realClock }),
  clusters: lazyClusters({
    leaseNamespace: settings.leaseNamespace,
    reportingInstance: 'terminate',
    stsEndpoint: process.env.AWS_ENDPOINT_URL_STS,
  }),
  compute: lazyCompute(),
  loadBalancers: lazyLoadBalancers(settings.loadBalancers, { log, clock: realClock, random: Math.random }),
  reports: lazyReports(settings, {
    // Drawn when a drain has ended: what draws it is larger than all the rest.
    render: async (report) => (await import('../../shared/report-page/render-report-page.ts')).renderReportPage(report),
    log,
  }),
  log,
  metrics,
  random: Math.random,
});
