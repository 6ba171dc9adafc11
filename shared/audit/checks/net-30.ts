// No subnet is tagged for a cluster that does not exist.
import type { Judged, NetworkCheck } from '../network/check.ts';
import type { ClusterContext } from '../network/context.ts';
import { eachSubnet } from '../network/each-subnet.ts';
import type { Subnet } from '../network/ec2-shapes.ts';
import { subnetArn, subnetName, tagLines, tagValue } from '../network/names.ts';
import { clusterKey, clusterKeysOf } from '../network/simulate/subnet-tags.ts';
import { deleteTags } from '../network/tag-commands.ts';
import { unread } from '../network/unread.ts';

const docs = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html';

export const net30: NetworkCheck = {
  id: 'NET-30',
  severity: 'low',
  title: 'Cluster tags are of clusters that exist',
  docs,
  judge: (context) =>
    eachSubnet(context, (subnet) =>
      clusterKeysOf(subnet)
        .filter((key) => key.startsWith(clusterKey('')))
        .map((key) => judgeKey(context, subnet, key)),
    ),
};

function judgeKey(context: ClusterContext, subnet: Subnet, key: string): Judged {
  const { clusters, region, account } = context.snapshot;
  const name = key.slice(clusterKey('').length);
  const resource = subnetArn(context, subnet);
  const about = { resource, matter: key, evidence: { tags: tagLines(subnet.Tags), clusters } };
  if (name === context.cluster.name || clusters?.includes(name))
    return { ...about, status: 'PASS', text: `${subnetName(subnet)} is tagged for ${name}, which exists` };
  if (!clusters) return { ...unread(context, resource, 'eks:ListClusters'), matter: key };
  const group = selfBuilt(context, key);
  if (group !== undefined) {
    const text = `${subnetName(subnet)} is tagged for ${name}, which is no EKS cluster; instances of ${group} are, too`;
    return { ...about, status: 'PASS', text };
  }
  const text = `${subnetName(subnet)} is tagged for ${name || 'a cluster without a name'}, and account ${account} has no such cluster in ${region}`;
  const command = deleteTags(context, [subnet.SubnetId], key);
  return { ...about, status: 'WARN', text, remediation: { command, docs } };
}

/** A cluster that EKS does not run has instances that are tagged for it. */
function selfBuilt({ snapshot }: ClusterContext, key: string): string | undefined {
  const groups = snapshot.AutoScalingGroups ?? [];
  const alive = groups.find(({ Tags, Instances = [] }) => Instances.length > 0 && tagValue(Tags, key) !== undefined);
  return alive?.AutoScalingGroupName;
}
