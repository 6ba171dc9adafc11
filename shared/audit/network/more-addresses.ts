import { commandLine } from '../../lifecycle/shell-quote.ts';
import type { Remediation } from '../finding.ts';
import type { ClusterContext } from './context.ts';
import { ipv4Range } from './simulate/ipv4-range.ts';

const docs = 'https://docs.aws.amazon.com/eks/latest/userguide/cni-subnet-selection.html';

/** A block for pods out of the shared address space, the first that the VPC does not have; subnets tagged for the CNI can be made in it. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
export function moreAddresses({ snapshot, vpc }: ClusterContext): Remediation {
  if (!vpc || (vpc.OwnerId !== undefined && vpc.OwnerId !== snapshot.account)) return { docs };
  const own = [vpc.CidrBlock, ...(vpc.CidrBlockAssociationSet ?? []).map(({ CidrBlock }) => CidrBlock)];
  const taken = own.flatMap((cidr) => (cidr === undefined ? [] : [ipv4Range(cidr)]));
  const all = Array.from({ length: 64 }, (_, at) => `100.${64 + at}.0.0/16`);
  const free = all.find((cidr) => {
    const [first, last] = ipv4Range(cidr);
    return taken.every(([from, to]) => to < first || from > last);
  });
  if (free === undefined) return { docs };
  const words = ['--vpc-id', vpc.VpcId, '--cidr-block', free, '--region', snapshot.region];
  return { command: commandLine('aws', 'ec2', 'associate-vpc-cidr-block', ...words), docs };
}
