import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Aws } from 'aws-cdk-lib/core';
import { type AuditTold, auditRights } from './audit-rights.ts';

const reads = [
  'autoscaling:DescribeAutoScalingGroups',
  'ec2:DescribeAvailabilityZones',
  'ec2:DescribeDhcpOptions',
  'ec2:DescribeInstanceTypes',
  'ec2:DescribeInternetGateways',
  'ec2:DescribeLaunchTemplateVersions',
  'ec2:DescribeNatGateways',
  'ec2:DescribeNetworkAcls',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeRouteTables',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcAttribute',
  'ec2:DescribeVpcBlockPublicAccessOptions',
  'ec2:DescribeVpcEndpoints',
  'ec2:DescribeVpcs',
  'ec2:GetSubnetCidrReservations',
  'eks:ListClusters',
];

const place = `${Aws.REGION}:${Aws.ACCOUNT_ID}`;
const eks = (kind: string) => `arn:${Aws.PARTITION}:eks:${place}:${kind}/*`;

/** What the audit of subnets calls: it reads networks and clusters, and writes its own reports and what it tells of them. */
export function subnetAuditPolicy(reports: IBucket, told: AuditTold): PolicyStatement[] {
  return [
    // None of them takes a resource, or one that is known before a deployment runs:
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
    new PolicyStatement({ actions: reads, resources: ['*'] }),
    new PolicyStatement({
      actions: ['eks:DescribeCluster', 'eks:ListAddons', 'eks:ListFargateProfiles', 'eks:ListNodegroups'],
      resources: [eks('cluster')],
    }),
    new PolicyStatement({ actions: ['eks:DescribeNodegroup'], resources: [eks('nodegroup')] }),
    new PolicyStatement({ actions: ['eks:DescribeFargateProfile'], resources: [eks('fargateprofile')] }),
    new PolicyStatement({ actions: ['eks:DescribeAddon'], resources: [eks('addon')] }),
    ...auditRights('subnet-audit', reports, told),
  ];
}
