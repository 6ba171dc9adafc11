import type { Intake } from '../constructs/intake.ts';
import { functionLimits } from '../function-limits.ts';
import { ownMetric, period, searchFor } from './own-metrics.ts';
import { graph, red, type Section } from './section.ts';

export function intakeSection({ failures, function: intakeFunction }: Intake): Section {
  const queue = { period, statistic: 'Maximum' };
  return {
    title: 'Events',
    says: 'Each event in the failures queue is an instance that nobody works on.',
    rows: [
      [
        graph('Events by outcome', [searchFor('intake', 'EventsTaken', { by: ['Outcome'] })], { of: 3, stacked: true }),
        graph(
          'Failures queue: messages, oldest in s (right)',
          [failures.metricApproximateNumberOfMessagesVisible({ ...queue, label: 'messages', color: red })],
          { of: 3, right: [failures.metricApproximateAgeOfOldestMessage({ ...queue, label: 'oldest' })] },
        ),
        graph(
          'Events that were none of ours',
          [
            ownMetric('terminate', 'DrainsEnded', { End: 'ignored' }, { label: 'terminations and notices' }),
            ownMetric('launch', 'LaunchesEnded', { End: 'ignored' }, { label: 'launches' }),
          ],
          { of: 3 },
        ),
      ],
      [
        graph(
          'Intake: invocations, errors, throttles',
          [
            intakeFunction.metricInvocations({ period, label: 'invocations' }),
            intakeFunction.metricErrors({ period, label: 'errors', color: red }),
            intakeFunction.metricThrottles({ period, label: 'throttles', color: '#ff7f0e' }),
          ],
          { of: 3 },
        ),
        graph(
          'Intake: milliseconds',
          ['p50', 'Maximum'].map((statistic) => intakeFunction.metricDuration({ period, statistic, label: statistic })),
          { of: 3, leftAnnotations: [{ value: functionLimits.intake.timeoutSeconds * 1000, label: 'limit' }] },
        ),
        graph(
          'Milliseconds that events waited for the intake',
          [intakeFunction.metric('AsyncEventAge', { period, statistic: 'Maximum', label: 'Maximum' })],
          { of: 3 },
        ),
      ],
    ],
  };
}
