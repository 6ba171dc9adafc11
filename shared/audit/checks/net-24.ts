// The subnets of nodes and pods have the free addresses for the nodes that may still come.
import type { Judged, NetworkCheck } from '../network/check.ts';
import type { Cni } from '../network/cni-look.ts';
import type { ClusterContext } from '../network/context.ts';
import type { Subnet } from '../network/ec2-shapes.ts';
import { judgeWithCni } from '../network/judge-with-cni.ts';
import { moreAddresses } from '../network/more-addresses.ts';
import { subnetArn, subnetName } from '../network/names.ts';
import { type NodeDemand, nodeDemands } from '../network/node-demands.ts';
import { unreadPlaces } from '../network/node-places.ts';
import { podSubnets } from '../network/pod-subnets.ts';
import { usableAddresses } from '../network/simulate/ipv4-range.ts';
import { unread } from '../network/unread.ts';

const docs = 'https://docs.aws.amazon.com/eks/latest/best-practices/subnets.html';
/** Of all addresses of the subnets. */
const leastShareFree = 0.2;

/** What is taken of one subnet of nodes, and of those where its nodes' pods are. */
interface Need {
  demand: NodeDemand;
  what: 'nodes' | 'pods';
  perNode: number;
  pool: readonly Subnet[];
}

export const net24: NetworkCheck = {
  id: 'NET-24',
  severity: 'high',
  title: 'Subnets have addresses for more nodes',
  docs,
  judge: (context) => {
    if (!context.subnets) return [unread(context, context.arn, 'ec2:DescribeSubnets')];
    return judgeWithCni(context, (cni) => {
      const { demands, unknown } = nodeDemands(context, cni);
      const bySubnet = Map.groupBy(demands, ({ subnet }) => subnet);
      const judged = [...bySubnet].flatMap(([subnet, own]) => judgeNodesOf(context, cni, subnet, own));
      return [...judged, ...unknown, ...unreadPlaces(context, 'nodegroup', 'group')];
    });
  },
};

function judgeNodesOf(context: ClusterContext, cni: Cni, subnet: Subnet, demands: readonly NodeDemand[]): Judged[] {
  const pods = podSubnets(context, cni, subnet);
  const resource = subnetArn(context, subnet);
  if (!pods) {
    const [action, text] = context.kubernetes.eniconfigs
      ? ['list daemonsets.apps', "the CNI's version, which decides where pods' addresses are, is not known"]
      : ['list eniconfigs.crd.k8s.amazonaws.com', "where pods' addresses are is not known: ENIConfigs were not read"];
    return [{ status: 'UNKNOWN', resource, matter: 'pods', text, evidence: {}, missing: [action] }];
  }
  const needs = demands.flatMap((demand): Need[] => {
    const { addresses, nodeAddresses } = demand.perNode;
    const ofPods: Need = { demand, what: 'pods', perNode: addresses, pool: pods };
    return nodeAddresses > 0 ? [{ demand, what: 'nodes', perNode: nodeAddresses, pool: [subnet] }, ofPods] : [ofPods];
  });
  return [...Map.groupBy(needs, ({ what }) => what)].map(([matter, own]) => judgeNeeds(context, subnet, matter, own));
}

function judgeNeeds(context: ClusterContext, subnet: Subnet, matter: string, needs: readonly Need[]): Judged {
  const pool = needs[0]?.pool ?? [];
  const resource = subnetArn(context, subnet);
  const counts = pool.map(({ AvailableIpAddressCount }) => AvailableIpAddressCount);
  if (counts.includes(undefined)) return { ...unread(context, resource, 'ec2:DescribeSubnets'), matter };
  const free = sum(counts.map((count) => count ?? 0));
  const size = sum(pool.map(({ CidrBlock }) => (CidrBlock === undefined ? 0 : usableAddresses(CidrBlock))));
  const one = Math.max(...needs.map(({ perNode }) => perNode));
  const atOnce = Math.max(...needs.map(({ perNode, demand }) => perNode * demand.surge));
  const growth = sum(needs.map(({ perNode, demand }) => perNode * demand.growth));
  const evidence = {
    ...{ free, size, perNode: one, updateTakes: atOnce, growthTakes: growth },
    subnets: pool.map(({ SubnetId }) => SubnetId),
    places: needs.map(({ demand }) => `${demand.place.name}: ${demand.growth} more nodes`),
  };
  const about = { resource, matter, evidence };
  const where = pool.map(subnetName).join(', ') || `no subnet for the pods of ${subnetName(subnet)}`;
  const text = `${where}: ${free} free addresses for the ${matter} of new nodes in ${subnetName(subnet)}`;
  const remediation = { ...moreAddresses(context), docs };
  if (free < one) return { ...about, status: 'FAIL', text: `${text}, of which one takes ${one}`, remediation };
  const few = [
    ...(free < atOnce ? [`an update may take ${atOnce} at once`] : []),
    ...(free < growth ? [`growing to the maximum takes ${growth}`] : []),
    ...(free < size * leastShareFree ? [`that is less than ${leastShareFree * 100} % of ${size}`] : []),
  ];
  if (few.length > 0) return { ...about, status: 'WARN', text: `${text}, but ${few.join(', ')}`, remediation };
  return { ...about, status: 'PASS', text };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
