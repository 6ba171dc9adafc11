// Subnets for load balancers carry the cluster's own tag where whoever makes the load balancers needs it.
import { agreed, controllerRules, discoveringName } from '../network/balancer-discovery.ts';
import type { Judged, NetworkCheck } from '../network/check.ts';
import type { ClusterContext } from '../network/context.ts';
import { eachSubnet } from '../network/each-subnet.ts';
import type { Subnet } from '../network/ec2-shapes.ts';
import { subnetArn, subnetName } from '../network/names.ts';
import { clusterKey, clusterKeysOf, hasOwnTag, hasRole, isForOthersOnly } from '../network/simulate/subnet-tags.ts';
import { createTag } from '../network/tag-commands.ts';

const docs = 'https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html';

export const net09: NetworkCheck = {
  id: 'NET-09',
  severity: 'high',
  title: "The cluster's own tag is where it is needed",
  docs,
  judge: (context) =>
    eachSubnet(context, (subnet) =>
      hasRole(subnet, 'internet-facing') || hasRole(subnet, 'internal') ? [judgeSubnet(context, subnet)] : [],
    ),
};

function judgeSubnet(context: ClusterContext, subnet: Subnet): Judged {
  const name = discoveringName(context);
  const key = clusterKey(name);
  const { ofCloudController } = context.balancers;
  const resource = subnetArn(context, subnet);
  const about = { resource, evidence: { clusterTags: clusterKeysOf(subnet), ofCloudController } };
  const named = subnetName(subnet);
  const pass = { ...about, status: 'PASS', severity: 'info' } as const;
  if (hasOwnTag(subnet, name)) return { ...pass, text: `${named} is tagged ${key}` };
  const remediation = { command: createTag(context, [subnet.SubnetId], key, 'shared'), docs };
  const required = agreed(controllerRules(context), ({ ownTagRequired }) => ownTagRequired);
  const lacks = `${named} is not tagged ${key}`;
  if (required) {
    const text = `${lacks}, without which the AWS Load Balancer Controller 2.1.1 and before passes it over`;
    return { ...about, status: 'FAIL', text, remediation };
  }
  const [service] = ofCloudController;
  const othersOnly = isForOthersOnly(subnet, name);
  if (service !== undefined && othersOnly) {
    const text = `${lacks} but for other clusters, so that the cloud controller manager, which makes the load balancer of ${service}, passes it over`;
    return { ...about, status: 'FAIL', text, remediation };
  }
  if (required === undefined && context.controller !== 'none') {
    const text = `${lacks}, which matters to the AWS Load Balancer Controller 2.1.1 and before: its version is not known`;
    return { ...about, status: 'UNKNOWN', text, missing: ['list deployments.apps'] };
  }
  if (othersOnly && context.kubernetes.services === undefined) {
    const text = `${lacks} but for other clusters, which matters to Services whose load balancers the cloud controller manager makes`;
    return { ...about, status: 'UNKNOWN', text, missing: ['list services'] };
  }
  return { ...pass, text: `${lacks}, which has not been required since EKS 1.19` };
}
