import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { createAutoScaling } from '../../shared/adapters/auto-scaling.ts';
import { clientDefaults } from '../../shared/adapters/client-defaults.ts';
import { createLaunchHistory } from '../../shared/adapters/launch-history.ts';
import { lazyClusters } from '../../shared/adapters/lazy-clusters.ts';
import { lazyDiagnosis } from '../../shared/adapters/lazy-diagnosis.ts';
import { createLog } from '../../shared/adapters/log.ts';
import { createMetrics } from '../../shared/adapters/metrics.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { rememberingAutoScaling } from '../../shared/adapters/remembering-auto-scaling.ts';
import { noteRepeatedCalls } from '../../shared/adapters/repeated-calls.ts';
import { parseLaunchSettings } from '../../shared/settings/launch.ts';
import { createLaunch } from './create-launch.ts';

const settings = parseLaunchSettings(process.env);
const client = new AutoScalingClient(clientDefaults);
const log = createLog({ service: 'launch', level: settings.logLevel });
const metrics = createMetrics({ service: 'launch' });
noteRepeatedCalls({ log, metrics });
export const handler = createLaunch(settings, {
  autoScaling: {
    ...rememberingAutoScaling(createAutoScaling(client), { clock: realClock }),
    ...createLaunchHistory(client),
  },
  clusters: lazyClusters({
    // A launch takes no Lease.
    leaseNamespace: 'eks-node-lifecycle',
    reportingInstance: 'launch',
    stsEndpoint: process.env.AWS_ENDPOINT_URL_STS,
  }),
  diagnosis: lazyDiagnosis(),
  log,
  metrics,
});
