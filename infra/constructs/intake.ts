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

/** The machines whose ticks run in one place, and the clusters that they are for. */
export interface MachinesOfClusters {
  clusters: readonly string[];
  terminate: StateMachine;
  launch: StateMachine;
}

export interface IntakeProps {
  topic: Topic;
  /** Those of clusters with a public endpoint, and of all whose network nobody knows. */
  machines: Omit<MachinesOfClusters, 'clusters'>;
  networks: readonly MachinesOfClusters[];
  /** The cluster of groups that name none. */
  clusterName: string | undefined;
  /** Hooks that EventBridge is asked for. */
  hookNames: readonly string[];
  /** Events about instances that no hook pauses, which the machine of terminations works on. */
  notices: readonly NoticeKind[];
  logLevel: IntakeSettings['logLevel'];
  code?: Code | undefined;
}

/**
 * Takes lifecycle events from the topic and from EventBridge, and from there notices about instances without a hook, and starts a machine;
 * the second message about an action joins what the first one started. What it cannot take lies in the queue.
 */
export class Intake extends Construct {
  /** Events that failed past every retry: each is an instance that nobody works on. */
  readonly failures: Queue;
  readonly function: LifecycleFunction;

  constructor(scope: Construct, id: string, props: IntakeProps) {
    super(scope, id);
    const { topic, machines, networks, hookNames, notices, clusterName, logLevel, code } = props;
    this.failures = new Queue(this, 'Failures', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.function = new LifecycleFunction(this, 'Function', {
      folder: 'intake',
      description: 'Starts the work on an instance that comes or goes',
      code,
      environment: intakeEnvironment({
        account: Stack.of(this).account,
        topicArns: [topic.topicArn],
        stateMachines: {
          terminate: machines.terminate.stateMachineArn,
          launch: machines.launch.stateMachineArn,
          ...Object.fromEntries(notices.map((kind) => [kind, machines.terminate.stateMachineArn])),
        },
        networks: networks.map(({ clusters, terminate, launch }) => ({
          clusters,
          terminate: terminate.stateMachineArn,
          launch: launch.stateMachineArn,
        })),
        clusterName: networks.length > 0 ? clusterName : undefined,
        logLevel,
      }),
      onFailure: new SqsDestination(this.failures),
    });
    const all = [machines, ...networks].flatMap(({ terminate, launch }) => [terminate, launch]);
    const asks = { aboutGroups: networks.length > 0 };
    for (const statement of intakePolicy(all, asks)) this.function.addToRolePolicy(statement);

    const target = () => new LambdaFunction(this.function, { deadLetterQueue: this.failures });
    topic.addSubscription(new LambdaSubscription(this.function, { deadLetterQueue: this.failures }));
    addNoticeRules(this, notices, target);
    const events = {
      Terminate: ['terminate', 'A hook of ours pauses an instance that Auto Scaling is about to terminate'],
      Launch: ['launch', 'A hook of ours pauses an instance that Auto Scaling has launched'],
    } as const;
    for (const [name, [transition, description]] of Object.entries(events)) {
      new Rule(this, `${name}Rule`, {
        description,
        // EventBridge has the events of every hook, also of managed node groups and of other teams.
        // https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html
        eventPattern: {
          source: ['aws.autoscaling'],
          detailType: [`EC2 Instance-${transition} Lifecycle Action`],
          detail: { LifecycleHookName: [...hookNames] },
        },
        targets: [target()],
      });
    }
  }
}
