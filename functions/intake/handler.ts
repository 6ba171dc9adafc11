import { SFNClient } from '@aws-sdk/client-sfn';
import { clientDefaults } from '../../shared/adapters/client-defaults.ts';
import { lazyGroupLookups } from '../../shared/adapters/lazy-group-lookups.ts';
import { createLog } from '../../shared/adapters/log.ts';
import { createMetrics } from '../../shared/adapters/metrics.ts';
import { noteRepeatedCalls } from '../../shared/adapters/repeated-calls.ts';
import { createExecutions } from '../../shared/adapters/step-functions.ts';
import { parseIntakeSettings } from '../../shared/settings/intake.ts';
import { createIntake } from './create-intake.ts';

const settings = parseIntakeSettings(process.env);
const log = createLog({ service: 'intake', level: settings.logLevel });
const metrics = createMetrics({ service: 'intake' });
noteRepeatedCalls({ log, metrics });

export const handler = createIntake(settings, {
  executions: createExecutions(new SFNClient(clientDefaults)),
  groups: lazyGroupLookups(),
  log,
  metrics,
});
