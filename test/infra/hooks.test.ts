import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { inWords, type Statement, statementsOf, synthesize } from './synthesize.ts';

const template = synthesize({
  clusters: [
    { name: 'demo', groups: [{ name: 'demo-workers' }, { name: 'demo-spot', launch: false }] },
    { name: 'old', access: 'aws-auth', groups: [{ name: 'old-workers', terminate: false }] },
    { name: 'theirs', access: 'none' },
  ],
  hooks: { heartbeatTimeoutSeconds: 900 },
  audits: { subnetAudit: { enabled: false } },
});
const only = (type: string) => Object.values(template.findResources(type))[0]?.Properties ?? expect.fail(type);
const statementsIn = (document: { Statement: Statement[] }) => inWords(document.Statement) as Statement[];

describe('the topic of the hooks', () => {
  const role = '<HooksRole.Arn>';

  test('is published to by the role that Auto Scaling assumes, and by nobody else', () => {
    const publishing = statementsIn(only('AWS::SNS::TopicPolicy').PolicyDocument).filter(
      ({ Condition }) => !JSON.stringify(Condition ?? '').includes('SecureTransport'),
    );
    expect(publishing).toEqual([
      {
        Sid: 'HooksPublish',
        Effect: 'Allow',
        Principal: { AWS: role },
        Action: 'sns:Publish',
        Resource: '<HooksTopic>',
      },
      {
        Sid: 'NobodyElsePublishes',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'sns:Publish',
        Resource: '<HooksTopic>',
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': role } },
      },
    ]);
  });

  test('is encrypted with a key that this role alone may use, and the account administers', () => {
    expect(inWords(only('AWS::SNS::Topic').KmsMasterKeyId)).toBe('<HooksKey.Arn>');
    expect(only('AWS::KMS::Key').EnableKeyRotation).toBe(true);
    const users = statementsIn(only('AWS::KMS::Key').KeyPolicy).filter(({ Action }) =>
      [Action].flat().some((action) => /^kms:(\*|Encrypt|Decrypt|GenerateDataKey|ReEncrypt|CreateGrant)/.test(action)),
    );
    expect(users).toEqual([
      { Effect: 'Allow', Principal: { AWS: role }, Action: ['kms:GenerateDataKey', 'kms:Decrypt'], Resource: '*' },
    ]);
  });

  test('has a role that Auto Scaling assumes for groups of this account, to publish there and no more', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: Match.objectLike({
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'autoscaling.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      }),
    });
    expect(statementsOf(template, 'Hooks').map(({ Action, Resource }) => [Action, Resource])).toEqual([
      ['sns:Publish', '<HooksTopic>'],
      [['kms:GenerateDataKey', 'kms:Decrypt'], '<HooksKey.Arn>'],
    ]);
  });
});

describe('the hooks of a group', () => {
  const hooks = Object.values(template.findResources('AWS::AutoScaling::LifecycleHook'));
  const shown = hooks.map(({ Properties }) => `${Properties.AutoScalingGroupName} ${Properties.LifecycleHookName}`);

  test('are those that the settings ask for', () => {
    expect(shown).toEqual([
      'demo-workers eks-node-lifecycle-terminate',
      'demo-workers eks-node-lifecycle-launch',
      'demo-spot eks-node-lifecycle-terminate',
      'old-workers eks-node-lifecycle-launch',
    ]);
  });

  test('are left by Auto Scaling with CONTINUE, and tell the topic which cluster it is about', () => {
    expect(inWords(hooks[0]?.Properties)).toEqual({
      AutoScalingGroupName: 'demo-workers',
      LifecycleHookName: 'eks-node-lifecycle-terminate',
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
      HeartbeatTimeout: 900,
      DefaultResult: 'CONTINUE',
      NotificationTargetARN: '<HooksTopic>',
      NotificationMetadata: '{"cluster":"demo"}',
      RoleARN: '<HooksRole.Arn>',
    });
    expect(hooks.map(({ Properties }) => Properties.DefaultResult)).toEqual(hooks.map(() => 'CONTINUE'));
  });

  test('are made after all that Auto Scaling needs to publish its test message', () => {
    for (const { DependsOn } of hooks) {
      const needed = DependsOn.map((id: string) => String(inWords({ Ref: id })));
      expect(needed).toEqual(
        expect.arrayContaining(['<HooksKey>', '<HooksRole>', '<HooksRoleDefaultPolicy>', '<HooksTopicPolicy>']),
      );
    }
  });

  test('come last and go first: whoever hears of what they pause, and may do something about it, is there before and after', () => {
    const entries = Object.keys(template.findResources('AWS::EKS::AccessEntry'));
    const listening = ['AWS::SNS::Subscription', 'AWS::Events::Rule', 'AWS::Lambda::Permission'];
    const ears = listening.flatMap((type) => Object.keys(template.findResources(type)));
    for (const { Properties, DependsOn } of hooks) {
      expect(DependsOn).toEqual(expect.arrayContaining(ears));
      if (Properties.AutoScalingGroupName.startsWith('demo-'))
        expect(DependsOn).toEqual(expect.arrayContaining(entries));
    }
  });
});

describe('access to a cluster', () => {
  test('by access entries, by rows that are printed, or not at all', () => {
    const entries = Object.values(template.findResources('AWS::EKS::AccessEntry'));
    expect(entries.map(({ Properties }) => Properties.ClusterName)).toEqual(['demo', 'demo', 'demo']);
    const outputs = Object.entries(template.findOutputs('*')).map(([name, { Value }]) => [name, inWords(Value)]);
    const rows = outputs.filter(([name]) => String(name).includes('AwsAuthRow'));
    expect(rows.map(([, value]) => value)).toEqual([
      expect.stringMatching(/^- rolearn: <DrainTickRole.Arn>\n {2}username: eks-node-lifecycle:/),
      expect.stringContaining('groups:\n    - eks-node-lifecycle-launch'),
      expect.stringContaining('groups:\n    - eks-node-lifecycle\n    - eks-node-lifecycle-plan'),
    ]);
  });
});

test('clusters and groups whose names differ in other characters than letters and digits are told apart', () => {
  const alike = synthesize({
    clusters: [
      { name: 'a-b', access: 'aws-auth', groups: [{ name: 'x/y' }] },
      { name: 'a_b', access: 'aws-auth', groups: [{ name: 'x--y' }, { name: 'x%2Fy' }] },
    ],
  });
  expect(Object.keys(alike.findOutputs('*')).filter((name) => name.includes('AwsAuthRow'))).toHaveLength(8);
  alike.resourceCountIs('AWS::AutoScaling::LifecycleHook', 6);
});
