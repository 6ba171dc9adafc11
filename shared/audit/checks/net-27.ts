// With custom networking, every node finds an ENIConfig whose subnet is in its zone and whose security groups are of its VPC.

import { commandLine } from '../../lifecycle/shell-quote.ts';
import type { Remediation } from '../finding.ts';
import type { Judged, NetworkCheck } from '../network/check.ts';
import { type Cni, isOn } from '../network/cni-look.ts';
import type { ClusterContext } from '../network/context.ts';
import { type WantedEniConfig, wantedEniConfigs } from '../network/eni-config-names.ts';
import { judgeMaxPods } from '../network/judge-max-pods.ts';
import { judgeWithCni } from '../network/judge-with-cni.ts';
import type { EniConfig } from '../network/kubernetes-shapes.ts';
import { customNetworkingEnv } from '../network/pod-subnets.ts';
import { unread } from '../network/unread.ts';

const docs = 'https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network.html';

export const net27: NetworkCheck = {
  id: 'NET-27',
  severity: 'high',
  title: 'Custom networking is complete',
  docs,
  judge: (context) =>
    judgeWithCni(context, (cni) => {
      const { arn: resource, kubernetes, subnets } = context;
      if (!isOn(cni, customNetworkingEnv))
        return [{ status: 'NOT_APPLICABLE', resource, text: 'custom networking is off', evidence: {} }];
      if (!kubernetes.eniconfigs) return [unread(context, resource, 'list eniconfigs.crd.k8s.amazonaws.com')];
      if (!subnets) return [unread(context, resource, 'ec2:DescribeSubnets')];
      return [...judgeConfigs(context, cni, kubernetes.eniconfigs.items), ...judgeMaxPods(context, cni)];
    }),
};

function judgeConfigs(context: ClusterContext, cni: Cni, configs: readonly EniConfig[]): Judged[] {
  const wanted = wantedEniConfigs(context, cni);
  if (!wanted) return [unread(context, context.arn, 'list nodes')];
  return wanted.map((each) => {
    const config = configs.find(({ metadata }) => metadata.name === each.name);
    const { securityGroups = [], subnet } = config?.spec ?? {};
    const evidence = { ...each, eniConfigs: configs.map(({ metadata }) => metadata.name), subnet, securityGroups };
    const about = { resource: context.arn, matter: `${each.name} ${each.zone ?? ''}`.trim(), evidence };
    const trouble = config ? troubleWith(context, each, config) : missing(each);
    const text = `ENIConfig ${each.name} for ${each.wantedBy}`;
    if (!trouble) return { ...about, status: 'PASS', text: `${text} has a subnet of its zone, ${subnet}` };
    const { status, why, reads, ...rest } = trouble;
    return { ...about, status, text: `${text} ${why}`, ...rest, ...(reads && { missing: reads }) };
  });
}

interface Trouble {
  status: 'FAIL' | 'UNKNOWN';
  why: string;
  remediation?: Remediation;
  reads?: string[];
}

function missing({ name }: WantedEniConfig): Trouble {
  return { status: 'FAIL', why: `is not there: ${name} has pods without addresses`, remediation: { docs } };
}

function troubleWith(context: ClusterContext, { zone }: WantedEniConfig, config: EniConfig): Trouble | undefined {
  const { subnets = [], snapshot, vpcId } = context;
  const { subnet: id = '', securityGroups = [] } = config.spec ?? {};
  const subnet = subnets.find(({ SubnetId }) => SubnetId === id);
  const other = snapshot.Subnets?.find(({ SubnetId }) => SubnetId === id);
  const wrong = (why: string, spec?: object): Trouble => {
    const command = spec && patch(config, spec);
    return { status: 'FAIL', why, remediation: { ...(command !== undefined && { command }), docs } };
  };
  if (!subnet) return wrong(`has ${id || 'no subnet'}, which is ${other ? `in ${other.VpcId}` : 'not there'}`);
  if (zone !== undefined && subnet.AvailabilityZone !== zone)
    return wrong(`has ${id} in ${subnet.AvailabilityZone}, and the nodes are in ${zone}`);
  if (securityGroups.length === 0) return undefined;
  if (!snapshot.SecurityGroups)
    return { status: 'UNKNOWN', why: 'has security groups that were not read', reads: ['ec2:DescribeSecurityGroups'] };
  const strange = securityGroups.filter(
    (group) => !snapshot.SecurityGroups?.some(({ GroupId, VpcId }) => GroupId === group && VpcId === vpcId),
  );
  if (strange.length === 0) return undefined;
  const own = context.cluster.resourcesVpcConfig?.clusterSecurityGroupId;
  const kept = securityGroups.filter((group) => !strange.includes(group));
  const groups = kept.length > 0 ? kept : own === undefined ? undefined : [own];
  return wrong(`has ${strange.join(', ')}, which ${vpcId} does not have`, groups && { securityGroups: groups });
}

function patch({ metadata }: EniConfig, spec: object): string {
  return commandLine('kubectl', 'patch', 'eniconfig', metadata.name, '--type=merge', '-p', JSON.stringify({ spec }));
}
