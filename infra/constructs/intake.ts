import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type IntakeSettings, intakeEnvironment } from '../../shared/settings/intake.ts';
import { intakePolicy } from '../policies/intake-policy.ts';
import { LifecycleFunction } from './lifecycle-function.ts';
import { addNoticeRules, type NoticeKind } from './notice-rules.ts';

export interface IntakeProps {
  topic: Topic;
  terminate: StateMachine;
  launch: StateMachine;
  /** Hooks that are ours though they do not notify the topic. */
  hookNames: readonly string[];
  /** Events about instances that no hook pauses, which the machine of terminations works on. */
  notices: readonly NoticeKind[];
  logLevel: IntakeSettings['logLevel'];
  code?: Code | undefined;
}

/**
 * Takes lifecycle events from the topic and, of hooks that go by name, from EventBridge, and from there notices about instances without a
 * hook, and starts a machine. What it cannot take lies in the queue.
 */
export class Intake extends Construct {
  /** Events that failed past every retry: each is an instance that nobody works on. */
  readonly failures: Queue;

  constructor(
    scope: Construct,
    id: string,
    { topic, terminate, launch, hookNames, notices, logLevel, code }: IntakeProps,
  ) {
    super(scope, id);
    this.failures = new Queue(this, 'Failures', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const intake = new LifecycleFunction(this, 'Function', {
      folder: 'intake',
      code,
      environment: intakeEnvironment({
        account: Stack.of(this).account,
        topicArns: [topic.topicArn],
        stateMachines: {
          terminate: terminate.stateMachineArn,
          launch: launch.stateMachineArn,
          ...Object.fromEntries(notices.map((kind) => [kind, terminate.stateMachineArn])),
        },
        logLevel,
      }),
      onFailure: new SqsDestination(this.failures),
    });
    for (const statement of intakePolicy([terminate, launch])) intake.addToRolePolicy(statement);

    topic.addSubscription(new LambdaSubscription(intake, { deadLetterQueue: this.failures }));
    addNoticeRules(this, notices, () => new LambdaFunction(intake, { deadLetterQueue: this.failures }));
    // EventBridge has the events of every hook, also of managed node groups and of other teams. Hooks that are ours by topic come over SNS.
    if (hookNames.length === 0) return;
    const events = {
      Terminate: ['terminate', 'A hook of ours pauses an instance that Auto Scaling is about to terminate'],
      Launch: ['launch', 'A hook of ours pauses an instance that Auto Scaling has launched'],
    } as const;
    for (const [name, [transition, description]] of Object.entries(events)) {
      new Rule(this, `${name}Rule`, {
        description,
        // https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html
        eventPattern: {
          source: ['aws.autoscaling'],
          detailType: [`EC2 Instance-${transition} Lifecycle Action`],
          detail: { LifecycleHookName: [...hookNames] },
        },
        targets: [new LambdaFunction(intake, { deadLetterQueue: this.failures })],
      });
    }
  }
}
