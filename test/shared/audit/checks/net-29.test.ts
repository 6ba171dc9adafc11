import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { net29 } from '../../../../shared/audit/checks/net-29.ts';
import type { NetworkAcl, NetworkAclEntry } from '../../../../shared/audit/network/ec2-address-shapes.ts';
import { aSnapshot, contextOf, judge } from '../network/builders.ts';
import { aCluster, type Nodes, withNodes } from '../network/node-builders.ts';

const pass = (Egress: boolean): NetworkAclEntry => ({
  RuleNumber: 100,
  Protocol: '-1',
  RuleAction: 'allow',
  Egress,
  CidrBlock: '0.0.0.0/0',
});
const deny = (Egress: boolean): NetworkAclEntry => ({ ...pass(Egress), RuleNumber: 32767, RuleAction: 'deny' });
const open = [pass(false), pass(true), deny(false), deny(true)];
const against = (Egress: boolean, From: number, To = From, Protocol = '6', RuleNumber = 50): NetworkAclEntry => ({
  ...{ RuleNumber, Protocol, RuleAction: 'deny', Egress, CidrBlock: '10.0.0.0/16', PortRange: { From, To } },
});

function acl(id: string, Entries: readonly NetworkAclEntry[], ...subnets: string[]): NetworkAcl {
  return { NetworkAclId: id, VpcId: 'vpc-1', Entries, Associations: subnets.map((SubnetId) => ({ SubnetId })) };
}

const subnets = {
  'subnet-c': { CidrBlock: '10.0.1.0/24' },
  'subnet-n1': { CidrBlock: '10.0.2.0/24' },
  'subnet-n2': { CidrBlock: '10.0.3.0/24' },
};
const base: Nodes = { subnets, cluster: { in: ['subnet-c'] }, workersIn: ['subnet-n1', 'subnet-n2'] };
const all = (NetworkAcls: NetworkAcl[], rest: Nodes = {}) =>
  judge(net29, withNodes({ ...base, NetworkAcls, ...rest })).map(
    ({ status, resource }) => `${status} ${resource.split('/')[1]}`,
  );
const rest = (id: string) => Object.keys(subnets).filter((each) => each !== id);
const withOne = (id: string, ...entries: NetworkAclEntry[]) =>
  all([acl('acl-x', [...entries, ...open], id), acl('acl-open', open, ...rest(id))]).filter(
    (each) => !each.startsWith('PASS'),
  );

describe('NET-29: network ACLs let the cluster talk', () => {
  test('the default one lets everything through', () => {
    const byDefault = { ...acl('acl-1', open, ...Object.keys(subnets)), IsDefault: true };
    expect(all([byDefault])).toEqual(['PASS subnet-c', 'PASS subnet-n1', 'PASS subnet-n2']);
  });

  test.each<[string, string, NetworkAclEntry, boolean]>([
    ['nodes cannot ask the API server', 'subnet-n1', against(true, 443), true],
    ['the API server is not asked', 'subnet-c', against(false, 443), true],
    ['the API server cannot ask kubelets', 'subnet-c', against(true, 10250), true],
    ['kubelets are not asked', 'subnet-n1', against(false, 10250), true],
    ['answers do not reach nodes', 'subnet-n1', against(false, 40000), true],
    ['answers do not leave the control plane', 'subnet-c', against(true, 1024, 65535), true],
    ['DNS over UDP is denied between nodes', 'subnet-n1', against(false, 53, 53, '17'), true],
    ['DNS over TCP is denied between nodes', 'subnet-n1', against(true, 53), true],
    ['DNS at the control plane is nobody’s need', 'subnet-c', against(false, 53), false],
    ['kubelets of the control plane are none', 'subnet-c', against(false, 10250), false],
    ['other ports', 'subnet-n1', against(false, 22), false],
    ['a deny that comes after all is allowed', 'subnet-n1', against(false, 10250, 10250, '6', 200), false],
    ['what others send', 'subnet-n1', { ...against(false, 10250), CidrBlock: '192.168.0.0/16' }, false],
  ])('%s', (_, id, entry, fails) => expect(withOne(id, entry)).toEqual(fails ? [`FAIL ${id}`] : []));

  test('an edited default one is judged by what it does', () => {
    const byDefault = { ...acl('acl-1', [deny(false), deny(true)], ...Object.keys(subnets)), IsDefault: true };
    expect(all([byDefault])).toEqual(['FAIL subnet-c', 'FAIL subnet-n1', 'FAIL subnet-n2']);
  });

  test('within one subnet no network ACL is asked', () => {
    const lines: Nodes = { cluster: { in: ['subnet-c'] }, workersIn: ['subnet-c'] };
    expect(all([acl('acl-1', [deny(false), deny(true)], 'subnet-c')], lines)).toEqual(['PASS subnet-c']);
  });

  test('what is not to be seen is unknown', () => {
    expect(all([acl('acl-1', open, 'subnet-c', 'subnet-n2')])).toContain('UNKNOWN subnet-n1');
    const shared = { ...subnets, 'subnet-n1': { ...subnets['subnet-n1'], OwnerId: '999999999999' } };
    expect(judge(net29, withNodes({ ...base, subnets: shared, NetworkAcls: [] }))[1]).toMatchObject({
      status: 'UNKNOWN',
      text: expect.stringContaining('shares'),
    });
    expect(judge(net29, withNodes(base)).map(({ missing }) => missing)).toEqual(
      Array(3).fill(['ec2:DescribeNetworkAcls']),
    );
    const { Subnets: _, ...snapshot } = aSnapshot();
    expect(net29.judge(contextOf(snapshot))).toMatchObject([{ status: 'UNKNOWN', missing: ['ec2:DescribeSubnets'] }]);
    expect(judge(net29, { subnets, NetworkAcls: [], Clusters: [aCluster()] }).map(({ status }) => status)).toEqual(
      Array(3).fill('UNKNOWN'),
    );
  });

  test('what is let through is not known while it is not known where nodes are', () => {
    const statuses = (...Entries: NetworkAclEntry[]) => {
      const NetworkAcls = [acl('acl-1', Entries, ...Object.keys(subnets))];
      const { Nodegroups: _, ...unread } = aSnapshot(withNodes({ ...base, ownIn: ['subnet-n1'], NetworkAcls }));
      return net29.judge(contextOf(unread)).map(({ status, missing }) => `${status} ${missing ?? ''}`.trim());
    };
    const nodegroups = 'UNKNOWN eks:DescribeNodegroup';
    expect(statuses(...open)).toEqual([nodegroups, nodegroups, nodegroups]);
    expect(statuses(against(false, 443), ...open)).toEqual(['FAIL', nodegroups, nodegroups]);
  });

  function command(...entries: NetworkAclEntry[]) {
    const NetworkAcls = [
      acl('acl-x', [...entries, ...open], 'subnet-n1'),
      acl('acl-open', open, 'subnet-c', 'subnet-n2'),
    ];
    return judge(net29, withNodes({ ...base, NetworkAcls }))[1]?.remediation?.command;
  }

  test('the remedy allows just what is denied, before what denies it', () => {
    const script = `aws() { echo "$*"; }; ${command(against(true, 443), against(false, 10250))}`;
    const entry = (text: string) =>
      `ec2 create-network-acl-entry --network-acl-id acl-x ${text} --rule-action allow --region eu-west-1`;
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trim().split('\n')).toEqual([
      entry('--rule-number 1 --egress --protocol tcp --port-range From=443,To=443 --cidr-block 10.0.1.0/24'),
      entry('--rule-number 1 --ingress --protocol tcp --port-range From=10250,To=10250 --cidr-block 10.0.1.0/24'),
    ]);
  });

  test('subnets of one network ACL have one remedy, whose numbers do not clash', () => {
    const shut = [against(true, 443), against(false, 443), ...open];
    const NetworkAcls = [acl('acl-x', shut, 'subnet-n1', 'subnet-c'), acl('acl-open', open, 'subnet-n2')];
    const found = judge(net29, withNodes({ ...base, NetworkAcls })).filter(({ status }) => status === 'FAIL');
    const [command, ...others] = new Set(found.map(({ remediation }) => remediation?.command));
    expect([found.length, others]).toEqual([2, []]);
    const entries = [...(command ?? '').matchAll(/--rule-number (\d+) --(\w+)/g)].map(([, ...each]) => each.join(' '));
    expect(entries).toEqual(['1 ingress', '2 ingress', '1 egress']);
  });

  test('a network ACL of a subnet that another account shares is not for this one to change', () => {
    const shared = { ...subnets, 'subnet-n1': { ...subnets['subnet-n1'], OwnerId: '999999999999' } };
    const NetworkAcls = [acl('acl-x', [against(true, 443), ...open], ...Object.keys(subnets))];
    const judged = judge(net29, withNodes({ ...base, subnets: shared, NetworkAcls }));
    expect(judged[1]).toMatchObject({ status: 'FAIL', remediation: { docs: net29.docs } });
    expect(judged[1]?.remediation?.command).toBeUndefined();
  });

  test('there is no command where no number is left', () => {
    expect(command(against(true, 443, 443, '6', 1))).toBeUndefined();
    expect(command(against(true, 443, 443, '6', 2))).toBeDefined();
  });
});
