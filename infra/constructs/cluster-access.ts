import { CfnAccessEntry } from 'aws-cdk-lib/aws-eks';
import { CfnOutput } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { awsAuthRow } from '../../shared/lifecycle/aws-auth-row.ts';

/** A role of ours, and what it is in a cluster; `infra/rbac` binds the group. */
export interface ClusterIdentity {
  name: 'Drain' | 'Launch';
  roleArn: string;
  group: string;
}

export interface ClusterAccessProps {
  clusterName: string;
  access: 'entry' | 'aws-auth' | 'none';
  identities: readonly ClusterIdentity[];
}

/**
 * Makes our roles known to one cluster, by access entries, or says which rows its ConfigMap needs.
 * https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 */
export class ClusterAccess extends Construct {
  constructor(scope: Construct, id: string, { clusterName, access, identities }: ClusterAccessProps) {
    super(scope, id);
    for (const { name, roleArn, group } of identities) {
      if (access === 'entry') {
        new CfnAccessEntry(this, name, {
          clusterName,
          principalArn: roleArn,
          type: 'STANDARD',
          kubernetesGroups: [group],
        });
      } else if (access === 'aws-auth') {
        new CfnOutput(this, `${name}AwsAuthRow`, {
          description: `Row of mapRoles in kube-system/aws-auth of ${clusterName}`,
          value: awsAuthRow({ roleArn, group }),
        });
      }
    }
  }
}
