import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { lifecycleDefinition } from '../../sandbox/lifecycle-definition.ts';
import { requestDefinition } from '../../sandbox/request-definition.ts';
import { parseLaunchSettings } from '../../shared/settings/launch.ts';
import { parseManualSettings } from '../../shared/settings/manual.ts';
import { parseTerminateSettings } from '../../shared/settings/terminate.ts';
import { definitionsOf, inWords, synthesize, TICK_ARN } from './synthesize.ts';

const template = synthesize({
  hookNames: ['drain'],
  defaultCluster: 'blue',
  drain: { deadlineSeconds: 600 },
  launch: { mostAbandoned: 2 },
});

describe('the stack', () => {
  test('runs its functions on Node 24 and arm64', () => {
    template.resourcePropertiesCountIs('AWS::Lambda::Function', { Runtime: 'nodejs24.x', Architectures: ['arm64'] }, 6);
    template.resourceCountIs('AWS::Lambda::Function', 6);
  });

  test.each([
    ['Intake', 30, 256],
    ['Drain', 300, 512],
    ['Launch', 300, 512],
    ['Manual', 300, 1024],
  ])('gives the function of %s %i s and %i MB', (name, seconds, megabytes) => {
    const functions = Object.entries(template.findResources('AWS::Lambda::Function'));
    const [, own] =
      functions.find(([id]) => id.startsWith(`Lifecycle${name}`)) ?? expect.fail(`no function of ${name}`);
    expect(own.Properties).toMatchObject({ Timeout: seconds, MemorySize: megabytes, Handler: 'index.handler' });
  });

  test('sends to the intake the events of the topic, and of EventBridge those of hooks that have our names or are named in the settings', () => {
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'lambda' });
    const rules = Object.values(template.findResources('AWS::Events::Rule'));
    const patternOf = (transition: string) => ({
      source: ['aws.autoscaling'],
      'detail-type': [`EC2 Instance-${transition} Lifecycle Action`],
      detail: { LifecycleHookName: ['eks-node-lifecycle-terminate', 'eks-node-lifecycle-launch', 'drain'] },
    });
    const patterns = rules.map(({ Properties }) => Properties.EventPattern);
    expect(patterns).toEqual(expect.arrayContaining([patternOf('terminate'), patternOf('launch')]));
    expect(rules.map(({ Properties }) => Properties.State)).toEqual(rules.map(() => 'ENABLED'));
    template.resourceCountIs('AWS::Lambda::Permission', 1 + rules.length);
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
      functions.find(({ Properties }) => 'ENL_HOOK_NAMES' in Properties.Environment.Variables) ??
      expect.fail('no tick');
    const { NODE_OPTIONS, ENL_TOPIC_ARNS, ENL_REPORT_BUCKET, ...own } = tick.Properties.Environment.Variables;
    expect(NODE_OPTIONS).toBe('--enable-source-maps');
    expect(inWords([ENL_TOPIC_ARNS, ENL_REPORT_BUCKET])).toEqual(['<HooksTopic>', '<Reports>']);
    expect(Object.keys(own).sort()).toEqual(['ENL_CLUSTER_NAME', 'ENL_DEADLINE_SECONDS', 'ENL_HOOK_NAMES']);
    const settings = parseTerminateSettings({ ...own, ENL_REPORT_BUCKET: 'reports' });
    expect(settings).toMatchObject({
      hookNames: expect.arrayContaining(['drain']),
      clusterName: 'blue',
      policy: { deadlineSeconds: 600 },
    });
  });

  test('writes settings that the tick of a launch reads back', () => {
    const functions = Object.entries(template.findResources('AWS::Lambda::Function'));
    const [, tick] =
      functions.find(([id]) => id.startsWith('LifecycleLaunchTick')) ?? expect.fail('no tick of launches');
    const { NODE_OPTIONS, ENL_TOPIC_ARNS, ...own } = tick.Properties.Environment.Variables;
    expect(inWords(ENL_TOPIC_ARNS)).toBe('<HooksTopic>');
    expect(Object.keys(own).sort()).toEqual(['ENL_CLUSTER_NAME', 'ENL_HOOK_NAMES', 'ENL_MOST_ABANDONED']);
    expect(parseLaunchSettings(own)).toMatchObject({
      hookNames: expect.arrayContaining(['drain']),
      policy: { mostAbandoned: 2 },
    });
  });

  test('writes settings that the function for drains by hand reads back, with the names of both machines', () => {
    const functions = Object.entries(template.findResources('AWS::Lambda::Function'));
    const [, own] = functions.find(([id]) => id.startsWith('LifecycleManualFunction')) ?? expect.fail('no function');
    const { NODE_OPTIONS, ENL_STATE_MACHINE_REQUEST, ...rest } = own.Properties.Environment.Variables;
    const { ENL_STATE_MACHINE_DRAIN, ENL_REPORT_BUCKET, ...others } = rest;
    expect(inWords([ENL_STATE_MACHINE_DRAIN, ENL_REPORT_BUCKET])).toEqual(['<DrainMachine>', '<Reports>']);
    const machines = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
    const { StateMachineName: name } = machines
      .map(({ Properties }) => Properties)
      .find((each) => each.StateMachineName);
    const arn = `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:stateMachine:${name}`;
    expect(inWords(ENL_STATE_MACHINE_REQUEST)).toBe(arn);
    expect(others).toEqual({ ENL_DEADLINE_SECONDS: '600' });
    const arnOf = (machine: string) => `arn:aws:states:eu-west-1:123456789012:stateMachine:${machine}`;
    const machineArns = { ENL_STATE_MACHINE_REQUEST: arnOf('a'), ENL_STATE_MACHINE_DRAIN: arnOf('b') };
    expect(parseManualSettings({ ...others, ...machineArns })).toMatchObject({ policy: { deadlineSeconds: 600 } });
  });

  test('says which roles need an access entry', () => {
    const outputs = Object.entries(template.findOutputs('*')).map(([name, { Value }]) => [name, inWords(Value)]);
    expect(Object.fromEntries(outputs)).toMatchObject({
      DrainRoleArn: '<DrainTickRole.Arn>',
      LaunchRoleArn: '<LaunchTickRole.Arn>',
      ManualRoleArn: '<ManualFunctionRole.Arn>',
      ManualFunctionName: '<ManualFunction>',
    });
  });

  test('gives the intake its account, its topic and a machine for each kind of event', () => {
    const functions = Object.values(template.findResources('AWS::Lambda::Function'));
    expect(functions.map(({ Properties }) => inWords(Properties.Environment.Variables))).toContainEqual({
      NODE_OPTIONS: '--enable-source-maps',
      ENL_ACCOUNT: '<AWS::AccountId>',
      ENL_TOPIC_ARNS: '<HooksTopic>',
      ENL_STATE_MACHINE_TERMINATE: '<DrainMachine>',
      ENL_STATE_MACHINE_LAUNCH: '<LaunchMachine>',
      ENL_STATE_MACHINE_SPOT_INTERRUPTION: '<DrainMachine>',
      ENL_STATE_MACHINE_STATE_CHANGE: '<DrainMachine>',
      ENL_STATE_MACHINE_SCHEDULED_CHANGE: '<DrainMachine>',
    });
  });

  test('keeps logs for three months, and past the stack', () => {
    template.resourceCountIs('AWS::Logs::LogGroup', 9);
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

  test('of drains, that of launches and that of requests are those that the sandbox runs', () => {
    const [drains, launches, requests, ...others] = definitionsOf(template).map((text) => JSON.parse(text));
    expect(others).toEqual([]);
    expect([drains, launches]).toEqual([1, 2].map(() => JSON.parse(lifecycleDefinition(TICK_ARN))));
    expect(requests).toEqual(JSON.parse(requestDefinition(TICK_ARN, TICK_ARN)));
  });
});
