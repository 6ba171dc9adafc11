// Every subnet of the control plane has the free addresses that an upgrade takes.
import type { NetworkCheck } from '../network/check.ts';
import { clusterSubnetNeeds, eachClusterSubnet, replaceClusterSubnets } from '../network/cluster-subnets.ts';
import { subnetArn, subnetName } from '../network/names.ts';
import { unread } from '../network/unread.ts';

const docs = 'https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html';
const { least, recommended } = clusterSubnetNeeds;

export const net13: NetworkCheck = {
  id: 'NET-13',
  severity: 'high',
  title: 'Cluster subnets have free addresses',
  docs,
  judge: (context) =>
    eachClusterSubnet(context, (subnet) => {
      const { AvailableIpAddressCount: free, CidrBlock } = subnet;
      const resource = subnetArn(context, subnet);
      if (free === undefined) return [unread(context, resource, 'ec2:DescribeSubnets')];
      const about = { resource, evidence: { free, cidr: CidrBlock } };
      const text = `${subnetName(subnet)} of the control plane has ${free} free ${free === 1 ? 'address' : 'addresses'}`;
      if (free >= recommended) return [{ ...about, status: 'PASS', text }];
      const command = replaceClusterSubnets(context, [subnet]);
      const remediation = { ...(command !== undefined && { command }), docs };
      if (free >= least)
        return [{ ...about, status: 'WARN', text: `${text}: EKS recommends ${recommended}`, remediation }];
      return [
        { ...about, status: 'FAIL', text: `${text}: EKS asks for ${least}, and an upgrade takes up to 5`, remediation },
      ];
    }),
};
