import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Aws } from 'aws-cdk-lib/core';
import type { AuditLogSettings } from '../../shared/settings/audit-log.ts';
import { type AuditTold, auditRights } from './audit-rights.ts';

const place = `${Aws.REGION}:${Aws.ACCOUNT_ID}`;

/** What the audit of control planes' logs calls: it reads those of the clusters that it is for, that of the trail if it is told which, and no other. */
export function auditLogPolicy(
  reports: IBucket,
  {
    clusterNames,
    cloudTrailLogGroup,
    ...told
  }: Pick<AuditLogSettings, 'clusterNames' | 'cloudTrailLogGroup'> & AuditTold,
): PolicyStatement[] {
  const clusters = clusterNames.length === 0 ? ['*'] : clusterNames;
  const logs = (group: string) => `arn:${Aws.PARTITION}:logs:${place}:log-group:${group}`;
  return [
    new PolicyStatement({
      actions: ['logs:StartQuery'],
      resources: [
        ...clusters.map((name) => logs(`/aws/eks/${name}/cluster:*`)),
        ...(cloudTrailLogGroup === undefined ? [] : [logs(`${cloudTrailLogGroup}:*`)]),
      ],
    }),
    // A query has no name in IAM: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
    new PolicyStatement({ actions: ['logs:GetQueryResults', 'logs:StopQuery'], resources: ['*'] }),
    // Asked for by its beginning, a log group has no name yet: https://github.com/hashicorp/terraform-provider-aws/issues/8804
    new PolicyStatement({ actions: ['logs:DescribeLogGroups'], resources: [logs('*')] }),
    new PolicyStatement({
      actions: ['eks:DescribeCluster'],
      resources: clusters.map((name) => `arn:${Aws.PARTITION}:eks:${place}:cluster/${name}`),
    }),
    ...(clusterNames.length === 0 ? [new PolicyStatement({ actions: ['eks:ListClusters'], resources: ['*'] })] : []),
    ...auditRights('audit-log', reports, told),
  ];
}
