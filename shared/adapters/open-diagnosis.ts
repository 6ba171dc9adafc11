import { EC2Client } from '@aws-sdk/client-ec2';
import { EKSClient } from '@aws-sdk/client-eks';
import { IAMClient } from '@aws-sdk/client-iam';
import type { DiagnosisPort } from '../launch/launch-ports.ts';
import { clientDefaults } from './client-defaults.ts';
import { createEksAccess } from './eks-access.ts';
import { createInstanceDiagnosis } from './instance-diagnosis.ts';
import { createInstanceProfiles } from './instance-profiles.ts';

/** Import it only when it is needed. The clients are named here: a dynamic import of a package would bundle all of its commands. */
export function openDiagnosis(): DiagnosisPort {
  return {
    ...createInstanceDiagnosis(new EC2Client(clientDefaults)),
    ...createInstanceProfiles(new IAMClient(clientDefaults)),
    ...createEksAccess(new EKSClient(clientDefaults)),
  };
}
