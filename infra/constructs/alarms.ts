import { Alarm, ComparisonOperator, type IMetric, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface AlarmsProps {
  /** Events that the intake could not take. */
  failures: Queue;
  stateMachine: StateMachine;
  /** The machine of launches. */
  launches: StateMachine;
  /** Is told about every alarm; an alarm shows in CloudWatch alone without it. */
  alarmTopicArn: string | undefined;
}

const period = Duration.minutes(5);

/** One alarm for each thing that somebody must look at, with what to do first. One occurrence is enough. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { failures, stateMachine, launches, alarmTopicArn }: AlarmsProps) {
    super(scope, id);
    const sum = { period, statistic: Stats.SUM };
    const alarms: Record<string, [IMetric, string]> = {
      IntakeFailures: [
        failures.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }),
        'The intake could not take lifecycle events: nobody drains their instances. Drain the instances that the messages in the ' +
          'failures queue name by hand while their hooks still wait, then read the log of the intake.',
      ],
      ExecutionsFailed: [
        stateMachine.metricFailed(sum),
        'Ticks of a drain failed for good: its node was let go undrained (error "failed"), or waits for the timeout of its hook ' +
          '("not-completed"). Open the failed execution: its cause is the last error.',
      ],
      ExecutionsTimedOut: [
        stateMachine.metricTimedOut(sum),
        'A drain went on past the 48 hours of any hook; its node is gone, drained or not. Open the execution that timed out: its last ' +
          'tick says what it waited for.',
      ],
      ExecutionsAborted: [
        stateMachine.metricAborted(sum),
        'Somebody stopped a drain: its instance waits for the timeout of its hook. Complete the lifecycle action in the input of the ' +
          'execution by hand, then look in CloudTrail for who called StopExecution.',
      ],
      DrainsAlarming: [
        ofTick('DrainsAlarming'),
        'A drain ended otherwise than it should: pods were deleted past their budgets, left behind or never looked at. Find "drain ended" ' +
          'at level ERROR in the log of the tick: it has the reason, the node and where the report lies.',
      ],
      LaunchExecutionsFailed: [
        launches.metricFailed(sum),
        'Ticks of a launch failed for good: its instance went into service unlooked at (error "failed"), or waits for the timeout of its ' +
          'hook ("not-completed"). Open the failed execution: its cause is the last error.',
      ],
      LaunchExecutionsTimedOut: [
        launches.metricTimedOut(sum),
        'A launch went on past the 48 hours of any hook; its instance was put into service or replaced by that hook long ago. Open the ' +
          'execution that timed out: its last tick says what it waited for.',
      ],
      LaunchExecutionsAborted: [
        launches.metricAborted(sum),
        'Somebody stopped a launch: its instance waits for the timeout of its hook, and its node may keep the start-up taint. Complete the ' +
          'lifecycle action in the input of the execution by hand, then look in CloudTrail for who called StopExecution.',
      ],
      LaunchesAlarming: [
        ofTick('LaunchesAlarming', { service: 'launch' }),
        'An instance did not become a ready node in time: it was replaced, or let through since several were. Find "launch ended" at ' +
          'level ERROR in the log of the launch tick: it has the diagnosis, and the command that fixes it where there is one.',
      ],
      LaunchClusterUnreachable: [
        ofTick('ClusterTrouble', { service: 'launch', kind: 'cluster-unreachable' }),
        'The API server of a cluster gives a launch no usable answer; its instances will go into service unlooked at. Check the health of ' +
          'that cluster and whether its endpoint may be reached from the function.',
      ],
      LaunchClusterNotMapped: [
        ofTick('ClusterTrouble', { service: 'launch', kind: 'not-mapped' }),
        'A cluster does not know the role of the launches, or lets it read nothing. Give the role in the output LaunchRoleArn an access ' +
          'entry there, and apply what "npm run enl -- rbac" prints.',
      ],
      RightsMissing: [
        ofTick('RightsMissing'),
        'A cluster forbids what a drain must do, and its pods will stay. Find "right missing" in the log of the tick, and apply what ' +
          '"npm run enl -- rbac" prints to that cluster before the deadline of the drain.',
      ],
      ClusterUnreachable: [
        ofTick('ClusterTrouble', { kind: 'cluster-unreachable' }),
        'The API server of a cluster gives no usable answer; its nodes will soon be let go undrained. Find "cluster trouble" in the log ' +
          'of the tick, then check the health of that cluster and whether its endpoint may be reached from the function.',
      ],
      ClusterNotMapped: [
        ofTick('ClusterTrouble', { kind: 'not-mapped' }),
        'A cluster does not know the role of the drain, or lets it read nothing; its nodes will soon be let go undrained. Give the role ' +
          'in the output DrainRoleArn an access entry there, and apply what "npm run enl -- rbac" prints.',
      ],
      ClusterMarkRefused: [
        ofTick('ClusterTrouble', { kind: 'mark-refused' }),
        'A cluster refuses to cordon and mark a node, so none of its pods is evicted. Find "cluster trouble" in the log of the tick: a ' +
          'right is missing, or an admission webhook stands in the way.',
      ],
    };
    const action = alarmTopicArn && new SnsAction(Topic.fromTopicArn(this, 'Topic', alarmTopicArn));
    for (const [name, [metric, alarmDescription]] of Object.entries(alarms)) {
      const alarm = new Alarm(this, name, {
        metric,
        alarmDescription,
        threshold: 0,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods: 1,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      if (action) alarm.addAlarmAction(action);
    }
  }
}

/** A metric that a tick writes into its log; of a drain unless another service is named. */
function ofTick(
  metricName: string,
  { service = 'terminate', kind }: { service?: string; kind?: string } = {},
): IMetric {
  const dimensionsMap = { service, ...(kind && { Kind: kind }) };
  return new Metric({ namespace: 'eks-node-lifecycle', metricName, dimensionsMap, statistic: Stats.SUM, period });
}
