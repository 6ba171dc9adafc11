// The tags that choose subnets for pods say what the CNI of the cluster takes them for.
import type { Judged, NetworkCheck } from '../network/check.ts';
import { type Cni, isOn } from '../network/cni-look.ts';
import type { ClusterContext } from '../network/context.ts';
import type { Subnet } from '../network/ec2-shapes.ts';
import { judgeWithCni } from '../network/judge-with-cni.ts';
import { subnetArn, subnetName, tagLines, tagValue } from '../network/names.ts';
import { nodePlaces, subnetsInUse } from '../network/node-places.ts';
import { customNetworkingEnv } from '../network/pod-subnets.ts';
import { type CniView, cniRoleKey, cniSubnets, mindsTags } from '../network/simulate/cni-subnets.ts';
import { clusterKeysOf, isForOthersOnly } from '../network/simulate/subnet-tags.ts';
import { createTag, deleteTags } from '../network/tag-commands.ts';
import { unread } from '../network/unread.ts';

const docs = 'https://docs.aws.amazon.com/eks/latest/userguide/cni-subnet-selection.html';
const scopePrefix = 'cni.networking.k8s.aws/cluster/';

export const net26: NetworkCheck = {
  id: 'NET-26',
  severity: 'medium',
  title: "The CNI's subnet tags do what they say",
  docs,
  judge: (context) => {
    const { subnets, arn, cluster } = context;
    if (!subnets) return [unread(context, arn, 'ec2:DescribeSubnets')];
    const places = nodePlaces(context).filter(({ kind }) => kind !== 'fargate');
    const nodeSubnets = new Set(subnetsInUse(context, places).map(({ subnet }) => subnet));
    const concerned = subnets.filter((subnet) => nodeSubnets.has(subnet) || isTagged(subnet));
    return judgeWithCni(context, (cni) =>
      concerned.map((subnet) => {
        const { version } = cni;
        const resource = subnetArn(context, subnet);
        const about = { resource, evidence: { tags: tagLines(subnet.Tags), version: version?.join('.') } };
        if (!version && isTagged(subnet)) {
          const text = `whether the CNI minds the tags of ${subnetName(subnet)} depends on its version, which is not known`;
          return { ...about, status: 'UNKNOWN', text };
        }
        if (!version)
          return { ...about, status: 'NOT_APPLICABLE', text: `${subnetName(subnet)} has no tag for the CNI` };
        const discovery = isOn(cni, 'ENABLE_SUBNET_DISCOVERY') && !isOn(cni, customNetworkingEnv);
        const view = { subnets, clusterName: cluster.name, version, discovery };
        return mindsTags(view)
          ? judgeMinded(context, subnet, nodeSubnets.has(subnet), view, about)
          : judgeIgnored(cni, subnet, about);
      }),
    );
  },
};

type About = Pick<Judged, 'resource' | 'evidence'>;

function isTagged({ Tags = [] }: Subnet): boolean {
  return Tags.some(({ Key = '' }) => Key === cniRoleKey || Key.startsWith(scopePrefix));
}

function judgeIgnored(cni: Cni, subnet: Subnet, about: About): Judged {
  const named = subnetName(subnet);
  if (!isTagged(subnet)) return { ...about, status: 'NOT_APPLICABLE', text: `${named} has no tag for the CNI` };
  const why = isOn(cni, customNetworkingEnv)
    ? 'custom networking goes before them'
    : isOn(cni, 'ENABLE_SUBNET_DISCOVERY')
      ? `version ${cni.version?.join('.')} is older than 1.18`
      : 'ENABLE_SUBNET_DISCOVERY is false';
  return { ...about, status: 'WARN', text: `the CNI ignores the tags of ${named}: ${why}`, remediation: { docs } };
}

function judgeMinded(context: ClusterContext, subnet: Subnet, hasNodes: boolean, view: CniView, about: About): Judged {
  const role = tagValue(subnet.Tags, cniRoleKey);
  const ids = [subnet.SubnetId];
  const named = subnetName(subnet);
  const scopes = tagLines(subnet.Tags).filter((line) => line.startsWith(scopePrefix));
  const wrong = (status: 'FAIL' | 'WARN', text: string, command: string): Judged => {
    return { ...about, status, text, remediation: { command, docs } };
  };
  if (hasNodes && cniSubnets(subnet, view).length === 0) {
    const keys = role === '0' ? [cniRoleKey] : scopes.map((line) => line.split('=')[0] ?? '');
    const text = `nodes are in ${named}, which is excluded from pods' addresses, and no other subnet of ${subnet.AvailabilityZone} is for them`;
    return wrong('FAIL', text, deleteTags(context, ids, ...keys));
  }
  if (!hasNodes && role === undefined) {
    const text = `${named} is tagged ${scopes.join(', ')} but not ${cniRoleKey}: pods get no addresses of it`;
    return wrong('WARN', text, createTag(context, ids, cniRoleKey, '1'));
  }
  if (!isTagged(subnet)) return { ...about, status: 'PASS', text: `${named} gives its own nodes' pods addresses` };
  const others = role !== undefined && role !== '0' && scopes.length === 0 && isForOthersOnly(subnet, view.clusterName);
  if (others) {
    const text = `${named} is tagged ${clusterKeysOf(subnet).join(', ')}, which the CNI does not mind: pods of every cluster get addresses of it`;
    const scoped = clusterKeysOf(subnet).map((key) => key.replace('kubernetes.io/cluster/', scopePrefix));
    return wrong('WARN', text, createTag(context, ids, scoped[0] ?? scopePrefix, '1'));
  }
  const node = hasNodes ? subnet : { ...subnet, SubnetId: 'of a node elsewhere in the zone' };
  const serves = cniSubnets(node, view).includes(subnet);
  const text = serves
    ? `${named} gives pods of ${view.clusterName} addresses`
    : `${named} is kept from pods of ${view.clusterName}`;
  return { ...about, status: 'PASS', text };
}
