import type { AutoScalingGroup, InstanceTypeInfo } from '../../../../shared/audit/network/compute-shapes.ts';
import type { Cluster, Nodegroup } from '../../../../shared/audit/network/eks-shapes.ts';
import type { ClusterObjects, Node } from '../../../../shared/audit/network/kubernetes-shapes.ts';
import { type SnapshotLines, type SubnetLine, vpcId } from './builders.ts';

export interface ClusterLine extends Omit<Partial<Cluster>, 'resourcesVpcConfig'> {
  /** Of the control plane. */
  in?: string[];
  config?: Cluster['resourcesVpcConfig'];
}

export function aCluster({ in: subnetIds = [], config, ...rest }: ClusterLine = {}): Cluster {
  const resourcesVpcConfig = { vpcId, subnetIds, clusterSecurityGroupId: 'sg-cluster', ...config };
  return { name: 'demo', version: '1.34', resourcesVpcConfig, kubernetesNetworkConfig: { ipFamily: 'ipv4' }, ...rest };
}

export interface Nodes extends SnapshotLines {
  cluster?: ClusterLine;
  /** Subnets of the managed node group `workers`. */
  workersIn?: string[];
  workers?: Partial<Nodegroup>;
  /** Subnets of the self-managed group `own`. */
  ownIn?: string[];
  own?: Partial<AutoScalingGroup>;
  /** Subnets of the Fargate profile `jobs`. */
  jobsIn?: string[];
}

/** Of the cluster demo; what is not named there is none of. */
export function withNodes({ cluster, workersIn, workers, ownIn, own, jobsIn, ...lines }: Nodes): SnapshotLines {
  const demo = { clusterName: 'demo' };
  return {
    Clusters: [aCluster(cluster)],
    Nodegroups: workersIn
      ? [{ ...demo, nodegroupName: 'workers', subnets: workersIn, instanceTypes: ['m5.large'], ...workers }]
      : [],
    AutoScalingGroups: ownIn ? [aGroup(ownIn, own)] : [],
    FargateProfiles: jobsIn ? [{ ...demo, fargateProfileName: 'jobs', subnets: jobsIn }] : [],
    ...lines,
  };
}

export function aGroup(subnets: readonly string[], group: Partial<AutoScalingGroup> = {}): AutoScalingGroup {
  return {
    AutoScalingGroupName: 'own',
    VPCZoneIdentifier: subnets.join(','),
    Tags: [{ Key: 'kubernetes.io/cluster/demo', Value: 'owned' }],
    ...group,
  };
}

/** One in each zone that is named, all of them the control plane's. */
export function inZones(line: SubnetLine, ...letters: string[]): Record<string, SubnetLine> {
  return Object.fromEntries(letters.map((zone) => [`subnet-${zone}`, { zone, ...line }]));
}

/** The DaemonSet aws-node, with an image of this tag. */
export function cni(tag: string, env: Record<string, string> = {}): ClusterObjects {
  const image = `602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon-k8s-cni:${tag}`;
  const variables = Object.entries(env).map(([name, value]) => ({ name, value }));
  return {
    daemonsets: {
      items: [
        {
          metadata: { name: 'aws-node', namespace: 'kube-system' },
          spec: { template: { spec: { containers: [{ name: 'aws-node', image, env: variables }] } } },
        },
      ],
    },
  };
}

export function aNode(name: string, labels: Record<string, string> = {}, rest: Partial<Node> = {}): Node {
  return { ...rest, metadata: { name, labels, ...rest.metadata } };
}

/** Interfaces and addresses of each, as DescribeInstanceTypes has them. */
export function aType(
  InstanceType: string,
  [interfaces, addresses, vcpus]: readonly [number, number, number],
  Hypervisor = 'nitro',
): InstanceTypeInfo {
  return {
    InstanceType,
    Hypervisor,
    VCpuInfo: { DefaultVCpus: vcpus },
    NetworkInfo: {
      MaximumNetworkInterfaces: interfaces,
      Ipv4AddressesPerInterface: addresses,
      DefaultNetworkCardIndex: 0,
      NetworkCards: [{ NetworkCardIndex: 0, MaximumNetworkInterfaces: interfaces }],
    },
  };
}

export const types = [aType('m5.large', [3, 10, 2]), aType('m4.large', [2, 10, 2], 'xen')];
