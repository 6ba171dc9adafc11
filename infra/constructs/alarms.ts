import {
  Alarm,
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  CompositeAlarm,
  type IAlarm,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Watches } from '../observability/watch.ts';
import { watchesOfAudits } from '../observability/watches-of-audits.ts';
import { watchesOfDrains } from '../observability/watches-of-drains.ts';
import { watchesOfIntake } from '../observability/watches-of-intake.ts';
import { watchesOfLaunches } from '../observability/watches-of-launches.ts';
import { watchesOfPlace } from '../observability/watches-of-place.ts';
import type { Audits } from './audits.ts';
import type { NodeLifecycle } from './node-lifecycle.ts';

export interface AlarmsProps {
  /** What is watched. */
  lifecycle: NodeLifecycle;
  audits?: Audits | undefined;
  /** Is told about every alarm; an alarm shows in CloudWatch alone without it. */
  alarmTopicArn: string | undefined;
}

export interface AlarmGroup {
  title: string;
  alarms: readonly IAlarm[];
}

/**
 * One alarm for each thing that somebody must look at, with what to do first, and one over all of them. Each tells the topic by itself, since
 * each means something else to do; the one over all tells nobody: it would be silent about a second trouble during a first.
 */
export class Alarms extends Construct {
  /** Goes off with any of the others. */
  readonly needsYou: CompositeAlarm;
  /** All of them as they are seen together, at most a hundred in each. */
  readonly groups: readonly AlarmGroup[];

  private readonly action: SnsAction | undefined;

  constructor(scope: Construct, id: string, { lifecycle, audits, alarmTopicArn }: AlarmsProps) {
    super(scope, id);
    const { intake, hooks, places } = lifecycle;
    this.action =
      alarmTopicArn === undefined ? undefined : new SnsAction(Topic.fromTopicArn(this, 'Topic', alarmTopicArn));
    const [first, ...networks] = places;
    const common = this.watch({
      ...watchesOfIntake(intake, hooks.topic),
      ...watchesOfPlace(first),
      ...watchesOfDrains(),
      ...watchesOfLaunches(),
      ...(audits && watchesOfAudits(audits)),
    });
    // One for each network: an alarm may look at a hundred others at most.
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
    const ofNetworks = networks.map((place) => ({ suffix: place.suffix, alarms: this.watch(watchesOfPlace(place)) }));
    const composites = ofNetworks.map(({ suffix, alarms }) =>
      this.anyOf(`NeedsYou${suffix}`, alarms, `Executions or ticks in the network ${suffix} need you`),
    );
    this.needsYou = this.anyOf('NeedsYou', [...common, ...composites], 'eks-node-lifecycle needs you');
    this.groups = [
      { title: 'Alarms', alarms: [this.needsYou, ...common, ...composites] },
      ...ofNetworks.map(({ suffix, alarms }) => ({ title: `Alarms of the network ${suffix}`, alarms })),
    ];
  }

  private watch(watches: Watches): Alarm[] {
    return Object.entries(watches).map(([name, watch]) => {
      const { metric, says, runbook = name, above = 0, below, periods = 1, missing } = watch;
      const alarm = new Alarm(this, name, {
        metric,
        alarmDescription: `${says} Runbook: docs/operations.md#${runbook.toLowerCase()}`,
        threshold: below ?? above,
        comparisonOperator:
          below === undefined ? ComparisonOperator.GREATER_THAN_THRESHOLD : ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: periods,
        // What has not happened is mostly not written.
        treatMissingData: missing ?? TreatMissingData.NOT_BREACHING,
      });
      if (this.action) alarm.addAlarmAction(this.action);
      return alarm;
    });
  }

  private anyOf(id: string, alarms: readonly IAlarm[], what: string): CompositeAlarm {
    return new CompositeAlarm(this, id, {
      alarmRule: AlarmRule.anyOf(...alarms.map((alarm) => AlarmRule.fromAlarm(alarm, AlarmState.ALARM))),
      alarmDescription: `${what}: see which of its alarms went off.`,
    });
  }
}
