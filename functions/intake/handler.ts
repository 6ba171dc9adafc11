import { SFNClient } from '@aws-sdk/client-sfn';
import { clientDefaults } from '../../shared/adapters/client-defaults.ts';
import { createLog } from '../../shared/adapters/log.ts';
import { createMetrics } from '../../shared/adapters/metrics.ts';
import { createExecutions } from '../../shared/adapters/step-functions.ts';
import { parseIntakeSettings } from '../../shared/settings/intake.ts';
import { createIntake } from './create-intake.ts';

const settings = parseIntakeSettings(process.env);

export const handler = createIntake(settings, {
  executions: createExecutions(new SFNClient(clientDefaults)),
  log: createLog({ service: 'intake', level: settings.logLevel }),
  metrics: createMetrics({ service: 'intake' }),
});
