import { describe, expect, test } from 'vitest';
import { calledActions } from './called-actions.ts';
import { definitionsOf, type Statement, statementsOf, synthesize } from './synthesize.ts';

// With everything on that adds a right.
const template = synthesize({
  clusters: [{ name: 'inner', network: 'inner' }],
  networks: [{ name: 'inner', vpcId: 'vpc-12345678', subnetIds: ['subnet-12345678'] }],
  loadBalancers: 'deregister',
  audits: {
    subnetAudit: {
      waivers: 's3://settings/waivers.yaml',
      topicArn: 'arn:aws:sns:eu-west-1:123456789012:network',
      securityHub: true,
    },
    auditLog: {
      enabled: true,
      waivers: 's3://settings/waivers.yaml',
      topicArn: 'arn:aws:sns:eu-west-1:123456789012:security',
      securityHub: true,
    },
  },
});

/** What a role may do that no command of the code stands for, and for whom it is. */
const forOthers: Readonly<Record<string, readonly string[]>> = {
  'Lambda writes the log': ['logs:CreateLogStream', 'logs:PutLogEvents'],
  'Lambda keeps an invocation that failed': ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
  'Lambda keeps its interfaces in a VPC': [
    'ec2:AssignPrivateIpAddresses',
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:UnassignPrivateIpAddresses',
  ],
  'S3 says 404 instead of 403 of a report that is not there': ['s3:ListBucket'],
};

const allowedTo = (role: string): string[] =>
  statementsOf(template, role)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action }) => Action);

describe.each([
  ['intake', ['IntakeFunction']],
  ['terminate', ['DrainTick', 'DraininnerTick']],
  ['launch', ['LaunchTick', 'LaunchinnerTick']],
  ['drain', ['ManualFunction', 'ManualinnerFunction']],
  ['cluster-audit', ['AuditsClusterFunction']],
  ['subnet-audit', ['AuditsSubnetFunction']],
  ['audit-log', ['AuditsLogFunction']],
])('functions/%s', async (folder, roles) => {
  const called = await calledActions(folder);

  test('calls something', () => {
    expect(called.length).toBeGreaterThan(1);
  });

  test.each(roles)('may do as %s whatever it calls, and nothing that it does not call', (role) => {
    const others = Object.values(forOthers).flat();
    const own = [...new Set(allowedTo(role))].filter((action) => called.includes(action) || !others.includes(action));
    expect(own.sort()).toEqual(called);
  });
});

/** What Step Functions does to hear that an execution has ended; it may not stop one. */
const toWait = ['states:DescribeExecution', 'events:DescribeRule', 'events:PutRule', 'events:PutTargets'];

function calledBy(definition: string): string[] {
  const resources = [...definition.matchAll(/"Resource":"([^"]+)"/g)].map(([, resource = '']) => resource);
  const called = resources.flatMap((resource) => {
    if (resource.includes(':lambda:')) return ['lambda:InvokeFunction'];
    const [, service = '', action = '', waits] =
      /:states:::(?:aws-sdk:)?([a-z]+):([A-Za-z]+)(\.sync:2)?$/.exec(resource) ?? [];
    const name = `${service.replace('sfn', 'states')}:${action.replace(/^./, (first) => first.toUpperCase())}`;
    return waits === undefined ? [name] : [name, ...toWait];
  });
  return [...new Set(called)].sort();
}

describe('the state machines', () => {
  test('may call what is in their definition, and see to their own log and traces', () => {
    const [drains = '', , requests = ''] = definitionsOf(template);
    const logs = definitionsOf(template).at(-1) ?? '';
    expect(calledBy(requests)).toContain('states:DescribeExecution');
    expect(calledBy(logs)).toEqual(['lambda:InvokeFunction', 'states:ListExecutions']);
    const machines = [
      ...['DrainMachine', 'LaunchMachine', 'DraininnerMachine', 'LaunchinnerMachine'].map((name) => [name, drains]),
      ...['ManualMachine', 'ManualinnerMachine'].map((name) => [name, requests]),
      ['AuditsLogMachine', logs],
    ] as const;
    for (const [machine = '', definition = ''] of machines) {
      const actions = allowedTo(machine).filter((action) => !/^(logs|xray):/.test(action));
      expect([...new Set(actions)].sort()).toEqual(calledBy(definition));
    }
  });
});

/**
 * Actions for which IAM knows no resource: `*` is all that can be said.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const withoutResource = [
  /^autoscaling:Describe/,
  /^ec2:Describe/,
  /^ec2:GetSubnetCidrReservations$/,
  /^eks:ListClusters$/,
  /^elasticloadbalancing:Describe/,
  /^logs:(Create|Get|Update|Delete|List)LogDelivery|^logs:ListLogDeliveries|^logs:(Put|Describe)ResourcePolic|^logs:DescribeLogGroups/,
  /^logs:(GetQueryResults|StopQuery)$/,
  /^xray:/,
];
/** Of interfaces that do not exist yet; refused to the code itself. */
const ofLambda = forOthers['Lambda keeps its interfaces in a VPC'] ?? [];

test('* stands only where IAM knows no resource', () => {
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Statement[]);
  const wide = statements.filter(({ Effect, Resource }) => Effect === 'Allow' && [Resource].flat().includes('*'));
  const actions = [...new Set(wide.flatMap(({ Action }) => Action))];
  expect(actions.length).toBeGreaterThan(0);
  const known = (action: string) => ofLambda.includes(action) || withoutResource.some((each) => each.test(action));
  expect(actions.filter((action) => !known(action))).toEqual([]);
});

test('no right ends in a wildcard', () => {
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Statement[]);
  expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
});
