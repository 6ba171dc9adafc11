import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { lifecycleDefinition } from '../../sandbox/lifecycle-definition.ts';
import { parseTerminateSettings } from '../../shared/settings/terminate.ts';
import { definitionOf, inWords, synthesize, TICK_ARN } from './synthesize.ts';

const template = synthesize({ hookNames: ['drain'], clusterName: 'blue', policy: { deadlineSeconds: 600 } });

describe('the stack', () => {
  test('runs both functions on Node 24 and arm64', () => {
    template.resourcePropertiesCountIs('AWS::Lambda::Function', { Runtime: 'nodejs24.x', Architectures: ['arm64'] }, 2);
    template.resourceCountIs('AWS::Lambda::Function', 2);
  });

  test.each([
    ['Intake', 30, 256],
    ['Drain', 300, 512],
  ])('gives the function of %s %i s and %i MB', (name, seconds, megabytes) => {
    const functions = Object.entries(template.findResources('AWS::Lambda::Function'));
    const [, own] = functions.find(([id]) => id.startsWith(name)) ?? expect.fail(`no function of ${name}`);
    expect(own.Properties).toMatchObject({ Timeout: seconds, MemorySize: megabytes, Handler: 'index.handler' });
  });

  test('sends terminate events of the topic to the intake, and of EventBridge those of hooks that go by name', () => {
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'lambda' });
    template.resourceCountIs('AWS::Events::Rule', 1);
    const [rule] = Object.values(template.findResources('AWS::Events::Rule'));
    expect(rule?.Properties).toMatchObject({
      EventPattern: {
        source: ['aws.autoscaling'],
        'detail-type': ['EC2 Instance-terminate Lifecycle Action'],
        detail: { LifecycleHookName: ['drain'] },
      },
      State: 'ENABLED',
    });
    template.resourceCountIs('AWS::Lambda::Permission', 2);
  });

  test('asks nothing of EventBridge when no hook goes by name: it would deliver those of others', () => {
    const byTopic = synthesize();
    byTopic.resourceCountIs('AWS::Events::Rule', 0);
    byTopic.resourceCountIs('AWS::SNS::Subscription', 1);
    byTopic.resourceCountIs('AWS::Lambda::Permission', 1);
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
    const functions = Object.values(template.findResources('AWS::Lambda::Function'));
    const tick =
      functions.find(({ Properties }) => 'ENL_REPORT_BUCKET' in Properties.Environment.Variables) ??
      expect.fail('no tick');
    const { NODE_OPTIONS, ENL_TOPIC_ARNS, ENL_REPORT_BUCKET, ...own } = tick.Properties.Environment.Variables;
    expect(NODE_OPTIONS).toBe('--enable-source-maps');
    expect(inWords([ENL_TOPIC_ARNS, ENL_REPORT_BUCKET])).toEqual(['<Topic>', '<Reports>']);
    expect(Object.keys(own).sort()).toEqual(['ENL_CLUSTER_NAME', 'ENL_DEADLINE_SECONDS', 'ENL_HOOK_NAMES']);
    const settings = parseTerminateSettings({ ...own, ENL_REPORT_BUCKET: 'reports' });
    expect(settings).toMatchObject({ hookNames: ['drain'], clusterName: 'blue', policy: { deadlineSeconds: 600 } });
  });

  test('gives the intake its account, its topic and the machine of terminate actions', () => {
    const functions = Object.values(template.findResources('AWS::Lambda::Function'));
    expect(functions.map(({ Properties }) => inWords(Properties.Environment.Variables))).toContainEqual({
      NODE_OPTIONS: '--enable-source-maps',
      ENL_ACCOUNT: '<AWS::AccountId>',
      ENL_TOPIC_ARNS: '<Topic>',
      ENL_STATE_MACHINE_TERMINATE: '<DrainMachine>',
    });
  });

  test('keeps logs for three months, and past the stack', () => {
    template.resourceCountIs('AWS::Logs::LogGroup', 3);
    template.allResources('AWS::Logs::LogGroup', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: Match.objectLike({ RetentionInDays: 90 }),
    });
  });

  test('keeps reports private, and past the stack', () => {
    template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain' });
    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    });
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

  test('logs where AWS spares the resource policy, under a name that a stack made anew finds free', () => {
    const [name] = Object.values(template.findResources('AWS::Logs::LogGroup'))
      .map(({ Properties }) => inWords(Properties.LogGroupName))
      .filter((name) => name !== undefined);
    expect(name).toMatch(/^\/aws\/vendedlogs\/states\/[\w-]+-<2 of .*<AWS::StackId>/);
  });

  test('is the one that the sandbox runs', () => {
    expect(JSON.parse(lifecycleDefinition(TICK_ARN))).toEqual(JSON.parse(definitionOf(template)));
  });
});
