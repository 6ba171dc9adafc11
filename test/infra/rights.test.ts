import { describe, expect, test } from 'vitest';
import { inWords, statementsOf, synthesize } from './synthesize.ts';

const template = synthesize();
const here = '<AWS::Region>:<AWS::AccountId>';
const groups = `arn:<AWS::Partition>:autoscaling:${here}:autoScalingGroup:*:autoScalingGroupName/*`;
const notManaged = { Null: { 'aws:ResourceTag/eks:nodegroup-name': 'true' } };
const lookAtBalancers = [
  'elasticloadbalancing:DescribeInstanceHealth',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth',
];
const allow = (Action: string | string[], Resource: string | string[], Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});

const writesItsLog = (id: string) => allow(['logs:CreateLogStream', 'logs:PutLogEvents'], `<${id}Log.Arn>`);

describe('the rights', () => {
  test('of the tick are these, and no lifecycle action of a managed node group is among them', () => {
    expect(statementsOf(template, 'DrainTick')).toEqual([
      writesItsLog('DrainTick'),
      allow(['autoscaling:CompleteLifecycleAction', 'autoscaling:RecordLifecycleActionHeartbeat'], groups, notManaged),
      allow(
        [
          'autoscaling:DescribeAutoScalingGroups',
          'autoscaling:DescribeAutoScalingInstances',
          'autoscaling:DescribeLifecycleHooks',
          'ec2:DescribeInstances',
          'ec2:DescribeInstanceStatus',
        ],
        '*',
      ),
      allow('eks:DescribeCluster', `arn:<AWS::Partition>:eks:${here}:cluster/*`),
      allow(['s3:GetObject', 's3:PutObject'], '<Reports.Arn>/*'),
      allow('s3:ListBucket', '<Reports.Arn>'),
      allow(lookAtBalancers, '*'),
    ]);
  });

  test('of the intake are to start and describe executions of both machines, and to write into its queue', () => {
    expect(statementsOf(template, 'IntakeFunction')).toEqual([
      writesItsLog('IntakeFunction'),
      allow(['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'], '<IntakeFailures.Arn>'),
      allow('states:StartExecution', ['<DrainMachine>', '<LaunchMachine>']),
      allow('states:DescribeExecution', [
        `arn:<AWS::Partition>:states:${here}:execution:<DrainMachine.Name>:*`,
        `arn:<AWS::Partition>:states:${here}:execution:<LaunchMachine.Name>:*`,
      ]),
    ]);
  });

  test('of the tick of a launch are these: it reads consoles of Auto Scaling instances alone, and writes nothing of EKS or IAM', () => {
    const arn = 'arn:<AWS::Partition>';
    expect(statementsOf(template, 'LaunchTick')).toEqual([
      writesItsLog('LaunchTick'),
      allow(['autoscaling:CompleteLifecycleAction', 'autoscaling:RecordLifecycleActionHeartbeat'], groups, notManaged),
      allow(
        [
          'autoscaling:DescribeAutoScalingGroups',
          'autoscaling:DescribeAutoScalingInstances',
          'autoscaling:DescribeLifecycleHooks',
          'autoscaling:DescribeScalingActivities',
          'ec2:DescribeInstances',
        ],
        '*',
      ),
      allow('ec2:GetConsoleOutput', `${arn}:ec2:${here}:instance/*`, {
        Null: { 'aws:ResourceTag/aws:autoscaling:groupName': 'false', 'aws:ResourceTag/eks:nodegroup-name': 'true' },
      }),
      allow('iam:GetInstanceProfile', `${arn}:iam::<AWS::AccountId>:instance-profile/*`),
      allow('eks:DescribeCluster', `${arn}:eks:${here}:cluster/*`),
      allow('eks:DescribeAccessEntry', [`${arn}:eks:${here}:cluster/*`, `${arn}:eks:${here}:access-entry/*`]),
    ]);
  });

  test('of the function for drains by hand are these: it ends instances of no managed node group, and writes no report', () => {
    const arn = 'arn:<AWS::Partition>';
    const name = expect.stringMatching(/^Stack-[\w-]+$/) as unknown as string;
    const [start, describe] = statementsOf(template, 'ManualFunction').filter(({ Action }) =>
      String(Action).startsWith('states:'),
    );
    expect(statementsOf(template, 'ManualFunction').filter((each) => each !== start && each !== describe)).toEqual(
      expect.arrayContaining([
        writesItsLog('ManualFunction'),
        allow('autoscaling:TerminateInstanceInAutoScalingGroup', groups, notManaged),
        allow('eks:DescribeCluster', `${arn}:eks:${here}:cluster/*`),
        allow('s3:GetObject', '<Reports.Arn>/reports/*'),
        allow('s3:ListBucket', '<Reports.Arn>'),
      ]),
    );
    const own = String(start?.Resource).split(':').at(-1);
    expect(own).toEqual(name);
    expect(start).toMatchObject({ Action: 'states:StartExecution' });
    expect(describe).toMatchObject({
      Action: 'states:DescribeExecution',
      Resource: [`${arn}:states:${here}:execution:${own}:*`, `${arn}:states:${here}:execution:<DrainMachine.Name>:*`],
    });
  });

  test('of the machine are to call the tick, to start itself, to log, and to complete an action of no managed node group', () => {
    const statements = statementsOf(template, 'DrainMachine');
    const isObserving = ({ Action }: { Action: string | string[] }) =>
      [Action].flat().every((action) => /^(logs|xray):/.test(action));
    expect(statements.filter((statement) => !isObserving(statement))).toEqual([
      allow('lambda:InvokeFunction', ['<DrainTick.Arn>', '<DrainTick.Arn>:*']),
      allow('autoscaling:CompleteLifecycleAction', groups, notManaged),
      allow('states:StartExecution', '<DrainMachine>'),
    ]);
    expect(statements.filter(isObserving).flatMap(({ Resource }) => Resource)).toEqual(['*', '*']);
  });

  test.each([
    ['AWS::SNS::TopicPolicy', 'sns:Publish', '*', '<HooksTopic>'],
    ['AWS::S3::BucketPolicy', 's3:*', { AWS: '*' }, ['<Reports.Arn>', '<Reports.Arn>/*']],
    ['AWS::SQS::QueuePolicy', 'sqs:*', { AWS: '*' }, '<IntakeFailures.Arn>'],
  ])('by the %s are refused to whoever comes without TLS', (type, Action, Principal, Resource) => {
    const [policy] = Object.values(template.findResources(type));
    const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
    expect(inWords(policy?.Properties.PolicyDocument.Statement)).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Action, Principal, Resource, Condition }),
    );
  });
});
