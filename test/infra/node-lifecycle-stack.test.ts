import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { lifecycleDefinition } from '../../sandbox/lifecycle-definition.ts';
import { parseTerminateSettings } from '../../shared/settings/terminate.ts';
import { definitionOf, statementsOf, synthesize, TICK_ARN } from './synthesize.ts';

const template = synthesize({ hookNames: ['drain'], clusterName: 'blue', policy: { deadlineSeconds: 600 } });

describe('the stack', () => {
  test('runs both functions on Node 24 and arm64', () => {
    template.resourcePropertiesCountIs('AWS::Lambda::Function', { Runtime: 'nodejs24.x', Architectures: ['arm64'] }, 2);
    template.resourceCountIs('AWS::Lambda::Function', 2);
  });

  test('sends terminate events of the topic and of EventBridge to the intake', () => {
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'lambda' });
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { source: ['aws.autoscaling'], 'detail-type': ['EC2 Instance-terminate Lifecycle Action'] },
      State: 'ENABLED',
    });
    template.resourceCountIs('AWS::Lambda::Permission', 2);
  });

  test('keeps an event that the intake cannot take, whichever way it came', () => {
    const queue = { 'Fn::GetAtt': [Match.stringLikeRegexp('IntakeFailures'), 'Arn'] };
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      DestinationConfig: { OnFailure: { Destination: queue } },
    });
    template.hasResourceProperties('AWS::SNS::Subscription', { RedrivePolicy: { deadLetterTargetArn: queue } });
    template.hasResourceProperties('AWS::Events::Rule', {
      Targets: [Match.objectLike({ DeadLetterConfig: { Arn: queue } })],
    });
  });

  test('writes settings that the tick reads back', () => {
    const [tick = expect.fail('no tick')] = Object.values(
      template.findResources('AWS::Lambda::Function', { Properties: { Timeout: 300 } }),
    );
    const { NODE_OPTIONS, ENL_TOPIC_ARNS, ENL_REPORT_BUCKET, ...own } = tick.Properties.Environment.Variables;
    expect(NODE_OPTIONS).toBe('--enable-source-maps');
    expect([ENL_TOPIC_ARNS, ENL_REPORT_BUCKET]).toEqual([{ Ref: expect.any(String) }, { Ref: expect.any(String) }]);
    const settings = parseTerminateSettings({ ...own, ENL_REPORT_BUCKET: 'reports' });
    expect(settings).toMatchObject({ hookNames: ['drain'], clusterName: 'blue', policy: { deadlineSeconds: 600 } });
  });

  test('gives the intake its account and the machine of terminate actions', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({
          ENL_ACCOUNT: { Ref: 'AWS::AccountId' },
          ENL_STATE_MACHINE_TERMINATE: { Ref: Match.stringLikeRegexp('Machine') },
        }),
      },
    });
  });

  test('keeps reports private, and past the stack', () => {
    template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain' });
    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    });
  });
});

describe('the rights', () => {
  test('of the tick are these actions, and only lists of AWS are open to every resource', () => {
    const statements = statementsOf(template, 'DrainTick');
    expect(statements.flatMap(({ Action }) => Action).sort()).toEqual([
      'autoscaling:CompleteLifecycleAction',
      'autoscaling:DescribeAutoScalingGroups',
      'autoscaling:DescribeAutoScalingInstances',
      'autoscaling:DescribeLifecycleHooks',
      'autoscaling:RecordLifecycleActionHeartbeat',
      'ec2:DescribeInstances',
      'eks:DescribeCluster',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
    ]);
    const open = statements.filter(({ Resource }) => Resource === '*');
    expect(open.flatMap(({ Action }) => Action).filter((action) => !/:Describe/.test(String(action)))).toEqual([]);
  });

  test('of the intake are to start and describe executions, and to write into its queue', () => {
    const actions = statementsOf(template, 'IntakeFunction').flatMap(({ Action }) => Action);
    expect(new Set(actions)).toEqual(
      new Set([
        'states:StartExecution',
        'states:DescribeExecution',
        'sqs:SendMessage',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
      ]),
    );
  });

  test('of the machine include to start itself, to call the tick and to complete an action', () => {
    const statements = statementsOf(template, 'DrainMachine');
    const resourceOf = (action: string) => {
      const found = statements.find(({ Action }) => [Action].flat().includes(action));
      return JSON.stringify(found?.Resource);
    };
    expect(resourceOf('states:StartExecution')).toMatch(/^\{"Ref":"DrainMachine\w+"\}$/);
    expect(resourceOf('lambda:InvokeFunction')).toContain('DrainTick');
    expect(resourceOf('autoscaling:CompleteLifecycleAction')).toContain(':autoScalingGroup:*:autoScalingGroupName/*');
  });
});

describe('the state machine', () => {
  test('is a traced Standard one that logs errors', () => {
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineType: 'STANDARD',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: Match.objectLike({ Level: 'ERROR', IncludeExecutionData: Match.absent() }),
    });
  });

  test('is the one that the sandbox runs', () => {
    expect(JSON.parse(lifecycleDefinition(TICK_ARN))).toEqual(JSON.parse(definitionOf(template)));
  });
});
