import type { Judged } from './check.ts';
import type { Cni } from './cni-look.ts';
import type { ClusterContext } from './context.ts';
import { addressModes } from './node-demands.ts';
import { instanceNetwork } from './simulate/instance-network.ts';
import { podsPerNode } from './simulate/pods-per-node.ts';
import { unread } from './unread.ts';

const docs = 'https://docs.aws.amazon.com/eks/latest/best-practices/custom-networking.html';

/** Whether nodes take no more pods than their interfaces without the first one have addresses for, by instance type. */
export function judgeMaxPods(context: ClusterContext, cni: Cni): Judged[] {
  const { arn: resource, kubernetes, snapshot } = context;
  const nodes = (kubernetes.nodes?.items ?? []).map(({ metadata, status }) => ({
    name: metadata.name,
    type: metadata.labels?.['node.kubernetes.io/instance-type'],
    pods: Number(status?.capacity?.pods),
  }));
  const counted = nodes.filter(({ pods, type }) => type !== undefined && Number.isInteger(pods));
  return [...Map.groupBy(counted, ({ type }) => type)].sort().map(([type, own]): Judged => {
    const matter = `max-pods ${type}`;
    const info = snapshot.InstanceTypes?.find(({ InstanceType }) => InstanceType === type);
    const network = info && instanceNetwork(info);
    if (!network) return { ...unread(context, resource, 'ec2:DescribeInstanceTypes'), matter };
    const right = podsPerNode(network, addressModes(cni));
    const over = own.filter(({ pods }) => pods > right);
    const most = Math.max(...own.map(({ pods }) => pods));
    const evidence = { type, maxPods: most, addressesFor: right, nodes: over.map(({ name }) => name).slice(0, 10) };
    const text = `nodes of ${type} take up to ${most} pods, and custom networking leaves them addresses for ${right}`;
    const about = { resource, matter, text, evidence };
    return over.length > 0 ? { ...about, status: 'WARN', remediation: { docs } } : { ...about, status: 'PASS' };
  });
}
