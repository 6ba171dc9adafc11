import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';

/** What the audit of clusters calls: it changes nothing, and reads no report. */
export function clusterAuditPolicy(reports: IBucket): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: ['autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeLifecycleHooks'],
      // None of them takes a resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html
      resources: ['*'],
    }),
    new PolicyStatement({ actions: ['s3:PutObject'], resources: [reports.arnForObjects('audits/cluster-audit/*')] }),
  ];
}
