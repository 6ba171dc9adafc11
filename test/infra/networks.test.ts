import { describe, expect, test } from 'vitest';
import { inWords, statementsOf, synthesize } from './synthesize.ts';

const template = synthesize({
  clusters: [
    { name: 'open' },
    { name: 'red-1', network: 'red' },
    { name: 'red-2', network: 'red' },
    { name: 'blue', network: 'blue' },
  ],
  networks: [
    { name: 'red', vpcId: 'vpc-11111111', subnetIds: ['subnet-11111111', 'subnet-22222222'] },
    { name: 'blue', vpcId: 'vpc-33333333', subnetIds: ['subnet-33333333'], securityGroupIds: ['sg-33333333'] },
  ],
  defaultCluster: 'blue',
});

const functions = Object.entries(template.findResources('AWS::Lambda::Function')).map(
  ([id, { Properties }]) => [String(inWords({ Ref: id })).slice(1, -1), Properties] as const,
);
const functionOf = (name: string) => functions.find(([id]) => id === name)?.[1] ?? expect.fail(`no function ${name}`);

describe('clusters whose endpoint is private', () => {
  test('have functions and machines of their own for each network', () => {
    expect(functions.map(([id]) => id).sort()).toEqual([
      'AuditsClusterFunction',
      'AuditsSubnetFunction',
      'DrainTick',
      'DrainblueTick',
      'DrainredTick',
      'IntakeFunction',
      'LaunchTick',
      'LaunchblueTick',
      'LaunchredTick',
      'ManualFunction',
      'ManualblueFunction',
      'ManualredFunction',
    ]);
    template.resourceCountIs('AWS::StepFunctions::StateMachine', 9);
  });

  test.each([
    ['Drain', 'Tick'],
    ['Launch', 'Tick'],
    ['Manual', 'Function'],
  ])('have each %s%s in their subnets, and the others in no VPC', (kind, name) => {
    expect(inWords(functionOf(`${kind}red${name}`).VpcConfig)).toEqual({
      SubnetIds: ['subnet-11111111', 'subnet-22222222'],
      SecurityGroupIds: ['<NetworkredSecurityGroup.GroupId>'],
    });
    expect(functionOf(`${kind}blue${name}`).VpcConfig).toEqual({
      SubnetIds: ['subnet-33333333'],
      SecurityGroupIds: ['sg-33333333'],
    });
    expect(functionOf(`${kind}${name}`).VpcConfig).toBeUndefined();
    expect(functionOf('IntakeFunction').VpcConfig).toBeUndefined();
  });

  test('are told to the intake, with the machines of their network', () => {
    const { ENL_NETWORKS, ENL_CLUSTER_NAME } = functionOf('IntakeFunction').Environment.Variables;
    expect(JSON.parse(String(inWords(ENL_NETWORKS)))).toEqual([
      { clusters: ['red-1', 'red-2'], terminate: '<DrainredMachine>', launch: '<LaunchredMachine>' },
      { clusters: ['blue'], terminate: '<DrainblueMachine>', launch: '<LaunchblueMachine>' },
    ]);
    expect(ENL_CLUSTER_NAME).toBe('blue');
  });

  test('make the intake ask Auto Scaling which cluster an instance is of, and start those machines', () => {
    const statements = statementsOf(template, 'IntakeFunction');
    expect(statements).toContainEqual({
      Effect: 'Allow',
      Action: ['autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeAutoScalingInstances'],
      Resource: '*',
    });
    expect(statements.find(({ Action }) => Action === 'states:StartExecution')?.Resource).toEqual(
      ['', 'red', 'blue'].flatMap((network) => [`<Drain${network}Machine>`, `<Launch${network}Machine>`]),
    );
  });

  test('are entered by the roles of their own network only', () => {
    const ours = Object.entries(template.findResources('AWS::EKS::AccessEntry')).filter(
      ([id]) => !id.startsWith('Audit'),
    );
    const entries = ours.map(([, { Properties }]) => [
      Properties.ClusterName,
      inWords(Properties.PrincipalArn),
      Properties.Type,
      Properties.KubernetesGroups,
    ]);
    const all = (cluster: string, network: string) => [
      [cluster, `<Drain${network}TickRole.Arn>`, 'STANDARD', ['eks-node-lifecycle']],
      [cluster, `<Launch${network}TickRole.Arn>`, 'STANDARD', ['eks-node-lifecycle-launch']],
      [cluster, `<Manual${network}FunctionRole.Arn>`, 'STANDARD', ['eks-node-lifecycle', 'eks-node-lifecycle-plan']],
    ];
    expect(entries).toEqual([
      ...all('open', ''),
      ...all('red-1', 'red'),
      ...all('red-2', 'red'),
      ...all('blue', 'blue'),
    ]);
  });
});

describe('a network', () => {
  test('without security groups gets one that lets out HTTPS and nothing else', () => {
    template.resourceCountIs('AWS::EC2::SecurityGroup', 1);
    const [group] = Object.values(template.findResources('AWS::EC2::SecurityGroup'));
    expect(group?.Properties).toMatchObject({
      VpcId: 'vpc-11111111',
      SecurityGroupEgress: [
        { CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443, IpProtocol: 'tcp' },
        { CidrIpv6: '::/0', FromPort: 443, ToPort: 443, IpProtocol: 'tcp' },
      ],
    });
    expect(group?.Properties).not.toHaveProperty('SecurityGroupIngress');
  });

  test('lets Lambda keep its interfaces there, and the code of the function not', () => {
    const interfaces = statementsOf(template, 'DrainredTick').filter(({ Action }) =>
      [Action].flat().includes('ec2:CreateNetworkInterface'),
    );
    expect(interfaces).toEqual([
      expect.objectContaining({ Effect: 'Allow', Resource: '*' }),
      expect.objectContaining({ Effect: 'Deny', Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } } }),
    ]);
    expect(interfaces[0]?.Action).toEqual(interfaces[1]?.Action);
    const elsewhere = statementsOf(template, 'DrainTick').flatMap(({ Action }) => Action);
    expect(elsewhere.filter((action) => action.includes('NetworkInterface'))).toEqual([]);
  });
});
