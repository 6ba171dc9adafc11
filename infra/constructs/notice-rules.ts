import { type EventPattern, type IRuleTarget, Rule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { ActionKind } from '../../shared/settings/intake.ts';

/** What tells of an instance that no hook pauses. */
export type NoticeKind = Exclude<ActionKind, 'terminate' | 'launch'>;

/**
 * EventBridge tells of every instance of the account, whosoever it is: the tick finds out. Patterns leave out what could never matter.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instance-state-changes.html
 * https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html
 */
const rules: Readonly<Record<NoticeKind, { id: string; description: string; eventPattern: EventPattern }>> = {
  'spot-interruption': {
    id: 'SpotInterruptionRule',
    description: 'EC2 takes a spot instance in two minutes',
    eventPattern: { source: ['aws.ec2'], detailType: ['EC2 Spot Instance Interruption Warning'] },
  },
  rebalance: {
    id: 'RebalanceRule',
    description: 'EC2 may soon take a spot instance',
    eventPattern: { source: ['aws.ec2'], detailType: ['EC2 Instance Rebalance Recommendation'] },
  },
  'state-change': {
    id: 'StateChangeRule',
    description: 'An instance stops or ends, perhaps past its lifecycle hooks',
    eventPattern: {
      source: ['aws.ec2'],
      detailType: ['EC2 Instance State-change Notification'],
      detail: { state: ['stopping', 'shutting-down'] },
    },
  },
  'scheduled-change': {
    id: 'ScheduledChangeRule',
    description: 'AWS will retire, stop or reboot an instance',
    eventPattern: {
      source: ['aws.health'],
      detailType: ['AWS Health Event'],
      detail: { service: ['EC2'], eventTypeCategory: ['scheduledChange'] },
    },
  },
};

export const noticeKinds = Object.keys(rules) as NoticeKind[];

export function addNoticeRules(scope: Construct, kinds: readonly NoticeKind[], target: () => IRuleTarget): void {
  for (const kind of kinds) {
    const { id, ...rule } = rules[kind];
    new Rule(scope, id, { ...rule, targets: [target()] });
  }
}
