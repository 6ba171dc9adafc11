import { type IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import type { Intake } from '../constructs/intake.ts';
import { ownMetric, period, sumOf } from './own-metrics.ts';
import { lasting, type Watches } from './watch.ts';

/** The failures queue keeps messages for 14 days. */
const oldFailures = Duration.days(10);

/** What goes wrong before a machine is started. */
export function watchesOfIntake(intake: Intake, topic: ITopic): Watches {
  const { failures, function: intakeFunction } = intake;
  return {
    IntakeFailures: {
      metric: failures.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
      says:
        'The intake could not take lifecycle events: nobody drains their instances. Drain the instances that the messages in the ' +
        'failures queue name by hand while their hooks still wait, then read the log of the intake.',
    },
    IntakeFailuresOld: {
      metric: failures.metricApproximateAgeOfOldestMessage({ period, statistic: 'Maximum' }),
      above: oldFailures.toSeconds(),
      says:
        'Nobody has looked into the failures queue for ten days, and after four more its messages are gone. Read and delete them: each is ' +
        'an event on which nobody has worked.',
    },
    EventsLost: {
      metric: sumOf(lostEvents(intake, topic)),
      says:
        'Events could not even be kept in the failures queue: they are gone, and nobody drains their instances. Look for instances in ' +
        'Terminating:Wait and Pending:Wait, then check that the policy and the encryption of that queue are what the stack made them.',
    },
    EventsRefused: {
      metric: ownMetric('intake', 'EventsTaken', { Outcome: 'refused' }),
      says:
        'The intake was sent events of another account, region or topic, and refused them. Find "event taken" at level WARN in its log, ' +
        'and end whatever passes them on: they may be forged.',
    },
    IntakeThrottled: {
      metric: intakeFunction.metricThrottles({ period }),
      ...lasting,
      says:
        'The intake is refused concurrency, so that events wait while their hooks run out. Find what uses up the concurrency of the ' +
        'account in this region, and reserve some for the intake or have the quota raised.',
    },
  };
}

/** By whoever hands events to the intake: Lambda's own queue, the topic and EventBridge. */
function lostEvents({ function: intakeFunction, node }: Intake, topic: ITopic): Record<string, IMetric> {
  const rules = node.findAll().filter((child) => child instanceof CfnRule);
  const ofRules = rules.map(
    (rule, index) =>
      [`rule${index}`, counted('AWS/Events', 'InvocationsFailedToBeSentToDlq', { RuleName: rule.ref })] as const,
  );
  return {
    function: intakeFunction.metric('DestinationDeliveryFailures', { period, statistic: 'Sum' }),
    topic: counted('AWS/SNS', 'NumberOfNotificationsFailedToRedriveToDlq', { TopicName: topic.topicName }),
    ...Object.fromEntries(ofRules),
  };
}

function counted(namespace: string, metricName: string, dimensionsMap: Record<string, string>): Metric {
  return new Metric({ namespace, metricName, dimensionsMap, period, statistic: 'Sum' });
}
