import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Aws } from 'aws-cdk-lib/core';
import type { AuditService } from '../../shared/metrics-catalogue.ts';

/** Where an audit has its waivers, and whom it tells what it finds. */
export interface AuditTold {
  waivers: string | undefined;
  topicArn: string | undefined;
  securityHub: boolean;
}

const place = `${Aws.REGION}:${Aws.ACCOUNT_ID}`;

/** What an audit that compares itself with its run before does with what it found: it keeps reports of its own, and tells of them. */
export function auditRights(
  audit: AuditService,
  reports: IBucket,
  { waivers, topicArn, securityHub }: AuditTold,
): PolicyStatement[] {
  const own = reports.arnForObjects(`audits/${audit}/${Aws.ACCOUNT_ID}/${Aws.REGION}/*`);
  return [
    new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [own] }),
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [reports.bucketArn] }),
    ...(waivers === undefined
      ? []
      : [
          new PolicyStatement({
            actions: ['s3:GetObject'],
            resources: [waivers.replace('s3://', `arn:${Aws.PARTITION}:s3:::`)],
          }),
        ]),
    new PolicyStatement({
      actions: ['events:PutEvents'],
      resources: [`arn:${Aws.PARTITION}:events:${place}:event-bus/default`],
      // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
      conditions: { 'ForAllValues:StringEquals': { 'events:source': ['eks-node-lifecycle'] } },
    }),
    ...(topicArn === undefined ? [] : [new PolicyStatement({ actions: ['sns:Publish'], resources: [topicArn] })]),
    ...(securityHub
      ? [
          new PolicyStatement({
            actions: ['securityhub:BatchImportFindings'],
            // The account's own product, which needs no subscription.
            resources: [`arn:${Aws.PARTITION}:securityhub:${place}:product/${Aws.ACCOUNT_ID}/default`],
          }),
        ]
      : []),
  ];
}
