import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EKSClient } from '@aws-sdk/client-eks';
import { IAMClient } from '@aws-sdk/client-iam';
import { createEksAccess } from '../../../shared/adapters/eks-access.ts';
import { createInstanceDiagnosis } from '../../../shared/adapters/instance-diagnosis.ts';
import { createInstanceProfiles } from '../../../shared/adapters/instance-profiles.ts';
import { createLaunchHistory } from '../../../shared/adapters/launch-history.ts';
import { startAws } from '../../sandbox/aws/start-aws.ts';

export const nodeRole = 'arn:aws:iam::123456789012:role/nodes';
export const profileArn = 'arn:aws:iam::123456789012:instance-profile/team/nodes';

/** A served sandbox with a launch hook, a cluster and an instance profile, and the adapters in front of it. */
export async function startDiagnosis() {
  const aws = await startAws();
  const { sandbox, clientOptions } = aws;
  sandbox.scaling
    .group('workers')
    ?.hooks.push({ name: 'join', transition: 'launch', heartbeatSeconds: 300, defaultResult: 'CONTINUE' });
  sandbox.clusters.set('prod', { name: 'prod', status: 'ACTIVE', accessEntries: {} });
  sandbox.instanceProfiles.set('nodes', { arn: profileArn, roleArns: [nodeRole] });
  return {
    ...aws,
    diagnosis: {
      ...createInstanceDiagnosis(new EC2Client(clientOptions)),
      ...createInstanceProfiles(new IAMClient(clientOptions)),
      ...createEksAccess(new EKSClient(clientOptions)),
    },
    history: createLaunchHistory(new AutoScalingClient(clientOptions)),
  };
}
