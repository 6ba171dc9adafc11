import { describe, expect, test } from 'vitest';
import { net18 } from '../../../../shared/audit/checks/net-18.ts';
import { judge, type SubnetLine } from './builders.ts';
import { aCluster, type Nodes, withNodes } from './node-builders.ts';

const privately = { in: ['subnet-c1', 'subnet-c2'], config: { endpointPrivateAccess: true } };

function commandFor(line: SubnetLine, rest: Nodes = {}): string | undefined {
  const subnets = { 'subnet-c1': { free: 4 }, 'subnet-c2': { free: 20 }, 'subnet-n': line };
  const nodes: Nodes = { subnets, cluster: privately, workersIn: ['subnet-n'], VpcEndpoints: [], ...rest };
  return judge(net18, withNodes(nodes)).find(({ resource }) => resource.endsWith('subnet-n'))?.remediation?.command;
}

describe('what nodes without a way out are given', () => {
  test('endpoints, in the roomiest subnet of each zone of the control plane and in that of the nodes', () => {
    expect(commandFor({ via: 'nowhere', zone: 'b' })).toContain('--subnet-ids subnet-c2 subnet-n --security');
    expect(commandFor({ via: 'nowhere', zone: 'lax' })).toContain('--subnet-ids subnet-c2 --security');
    expect(commandFor({ via: 'nowhere', free: 5 })).toContain('--subnet-ids subnet-c2 --security');
  });

  test('endpoints that let in the nodes of every cluster of the VPC, since all of it resolves to them', () => {
    const other = aCluster({ name: 'other', config: { clusterSecurityGroupId: 'sg-other' } });
    const far = aCluster({ name: 'far', config: { vpcId: 'vpc-2', clusterSecurityGroupId: 'sg-far' } });
    const Clusters = [aCluster(privately), other, far];
    expect(commandFor({ via: 'nowhere' }, { Clusters })).toContain(
      '--security-group-ids sg-cluster sg-other --private',
    );
  });

  test('public addresses, where these are all that is missing', () => {
    expect(commandFor({ via: 'igw', MapPublicIpOnLaunch: false })).toBe(
      'aws ec2 modify-subnet-attribute --subnet-id subnet-n --map-public-ip-on-launch --region eu-west-1',
    );
    expect(commandFor({ via: 'igw', MapPublicIpOnLaunch: false, OwnerId: '999999999999' })).toBeUndefined();
    expect(commandFor({ via: 'igw' }, { workersIn: [], jobsIn: ['subnet-n'] })).toContain('create-vpc-endpoint');
  });
});
