import type { Code } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { defaultLaunchPolicy, type LaunchPolicy } from '../shared/lifecycle/launch.ts';
import { defaultNoticePolicy, type NoticePolicy } from '../shared/lifecycle/notice-policy.ts';
import { type DrainPolicy, defaultPolicy } from '../shared/lifecycle/policy.ts';
import type { TerminateSettings } from '../shared/settings/terminate.ts';
import { Alarms } from './constructs/alarms.ts';
import { Drain } from './constructs/drain.ts';
import { Intake } from './constructs/intake.ts';
import { Launch } from './constructs/launch.ts';
import { type NoticeKind, noticeKinds } from './constructs/notice-rules.ts';

export interface NodeLifecycleStackProps extends StackProps {
  /** Hooks that are ours though they do not notify the topic. */
  hookNames?: readonly string[];
  /** The cluster of groups that name none. */
  clusterName?: string;
  /** Namespace of the Leases in each cluster. */
  leaseNamespace?: string;
  /** About target groups and Classic Load Balancers: wait (default), or take the node out of them, too. */
  loadBalancers?: TerminateSettings['loadBalancers'];
  logLevel?: TerminateSettings['logLevel'];
  policy?: Partial<DrainPolicy>;
  /** What a launch waits for, and how long. */
  launchPolicy?: Partial<LaunchPolicy>;
  /** What is done about instances that no hook pauses. */
  notices?: Partial<NoticePolicy>;
  /** Events about such instances that are not even asked for; rebalance recommendations never are while nothing is done about them. */
  ignoredNotices?: readonly NoticeKind[];
  /** Only groups that are tagged `eks-node-lifecycle/managed=true` are ours. */
  requireTag?: boolean;
  reportDays?: number;
  /** Topic that is told about every alarm. */
  alarmTopicArn?: string;
  /** The functions' code by folder, instead of bundling it. */
  codeOf?: (folder: string) => Code;
}

/** Everything for the clusters of one account and region. */
export class NodeLifecycleStack extends Stack {
  constructor(scope: Construct, id: string, props: NodeLifecycleStackProps = {}) {
    super(scope, id, { description: 'Drains EKS nodes before Auto Scaling terminates them', ...props });
    const { hookNames = [], alarmTopicArn } = props;
    const logLevel = props.logLevel ?? 'info';
    const notices = { ...defaultNoticePolicy, ...props.notices };
    const ignored = [...(props.ignoredNotices ?? []), ...(notices.rebalance === 'off' ? ['rebalance'] : [])];
    const topic = new Topic(this, 'Topic', { enforceSSL: true });
    const reports = new Bucket(this, 'Reports', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(props.reportDays ?? 365) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const drain = new Drain(this, 'Drain', {
      reports,
      code: props.codeOf?.('terminate'),
      settings: {
        hookNames,
        topicArns: [topic.topicArn],
        requireTag: props.requireTag ?? false,
        clusterName: props.clusterName,
        leaseNamespace: props.leaseNamespace ?? 'eks-node-lifecycle',
        loadBalancers: props.loadBalancers ?? 'wait',
        logLevel,
        policy: { ...defaultPolicy, ...props.policy },
        notices,
      },
    });
    const terminate = drain.stateMachine;
    const launch = new Launch(this, 'Launch', {
      code: props.codeOf?.('launch'),
      settings: {
        hookNames,
        topicArns: [topic.topicArn],
        requireTag: props.requireTag ?? false,
        clusterName: props.clusterName,
        logLevel,
        policy: { ...defaultLaunchPolicy, ...props.launchPolicy },
      },
    });
    const intake = new Intake(this, 'Intake', {
      topic,
      terminate,
      launch: launch.stateMachine,
      hookNames,
      notices: noticeKinds.filter((kind) => !ignored.includes(kind)),
      logLevel,
      code: props.codeOf?.('intake'),
    });
    new Alarms(this, 'Alarms', {
      failures: intake.failures,
      stateMachine: terminate,
      launches: launch.stateMachine,
      alarmTopicArn,
    });

    new CfnOutput(this, 'TopicArn', { value: topic.topicArn, description: 'Notification target for lifecycle hooks' });
    new CfnOutput(this, 'DrainRoleArn', {
      value: drain.tick.role?.roleArn ?? '',
      description: 'Needs an access entry in every cluster',
    });
    new CfnOutput(this, 'LaunchRoleArn', {
      value: launch.tick.role?.roleArn ?? '',
      description: 'Needs an access entry in every cluster whose launches are waited for',
    });
    new CfnOutput(this, 'ReportBucket', { value: reports.bucketName, description: 'Reports of drains' });
  }
}
