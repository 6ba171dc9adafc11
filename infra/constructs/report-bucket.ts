import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** Reports name pods and nodes: nobody but the account reads them, and they outlive the stack. */
export class ReportBucket extends Bucket {
  constructor(scope: Construct, id: string, { days }: { days: number }) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      lifecycleRules: [
        { expiration: Duration.days(days) },
        // What runs over logs were at: rows of the log, of no use when a run has ended, but to whoever looks why it failed.
        {
          prefix: `audits/audit-log/${Aws.ACCOUNT_ID}/${Aws.REGION}/runs/`,
          expiration: Duration.days(7),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
