import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { SFNClient } from '@aws-sdk/client-sfn';
import { askedOnce, clientDefaults } from '../../shared/adapters/client-defaults.ts';
import { createEndInstance } from '../../shared/adapters/end-instance.ts';
import { createGroupMembers } from '../../shared/adapters/group-members.ts';
import { lazyReportReads } from '../../shared/adapters/lazy-report-reads.ts';
import { createLog } from '../../shared/adapters/log.ts';
import { createMetrics } from '../../shared/adapters/metrics.ts';
import { openManualClusters } from '../../shared/adapters/open-manual-clusters.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { noteRepeatedCalls } from '../../shared/adapters/repeated-calls.ts';
import { createExecutions } from '../../shared/adapters/step-functions.ts';
import { parseManualSettings } from '../../shared/settings/manual.ts';
import { createDrain } from './create-drain.ts';

const settings = parseManualSettings(process.env);
const log = createLog({ service: 'drain', level: settings.logLevel });
const metrics = createMetrics({ service: 'drain' });
noteRepeatedCalls({ log, metrics });
export const handler = createDrain(settings, {
  clusters: openManualClusters({
    // It takes no Lease and writes no Event.
    leaseNamespace: 'eks-node-lifecycle',
    reportingInstance: 'drain',
    stsEndpoint: process.env.AWS_ENDPOINT_URL_STS,
  }),
  groups: {
    ...createGroupMembers(new AutoScalingClient(clientDefaults)),
    ...createEndInstance(new AutoScalingClient(askedOnce)),
  },
  executions: createExecutions(new SFNClient(clientDefaults)),
  reports: lazyReportReads(settings),
  clock: realClock,
  log,
});
