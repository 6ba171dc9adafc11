import { CfnAccessEntry } from 'aws-cdk-lib/aws-eks';
import { CfnOutput } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { awsAuthRow } from '../../shared/lifecycle/aws-auth-row.ts';
import type { Place } from './node-lifecycle.ts';

/** A role of ours, and what it is in a cluster; `infra/rbac` binds the groups. */
export interface ClusterIdentity {
  name: 'Drain' | 'Launch' | 'Manual' | 'Audit';
  roleArn: string;
  groups: readonly [string, ...string[]];
}

/** Those whose functions run in this place. */
export function identitiesOf({ drain, launch, manual }: Place): ClusterIdentity[] {
  return [
    { name: 'Drain', roleArn: drain.tick.role.roleArn, groups: ['eks-node-lifecycle'] },
    { name: 'Launch', roleArn: launch.tick.role.roleArn, groups: ['eks-node-lifecycle-launch'] },
    // It marks and evicts as a drain does, within the same policies; the second is for what only plans read.
    {
      name: 'Manual',
      roleArn: manual.function.role.roleArn,
      groups: ['eks-node-lifecycle', 'eks-node-lifecycle-plan'],
    },
  ];
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
    for (const { name, roleArn, groups } of identities) {
      if (access === 'entry') {
        new CfnAccessEntry(this, name, {
          clusterName,
          principalArn: roleArn,
          type: 'STANDARD',
          kubernetesGroups: [...groups],
        });
      } else if (access === 'aws-auth') {
        new CfnOutput(this, `${name}AwsAuthRow`, {
          description: `Row of mapRoles in kube-system/aws-auth of ${clusterName}`,
          value: awsAuthRow({ roleArn, groups }),
        });
      }
    }
  }
}
