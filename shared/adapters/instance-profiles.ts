import { GetInstanceProfileCommand, type IAMClient } from '@aws-sdk/client-iam';
import type { DiagnosisPort } from '../launch/launch-ports.ts';
import { during } from './during.ts';
import { isNamed } from './error-name.ts';

/** IAM's part of a diagnosis. An instance profile holds one role, or none yet. */
export function createInstanceProfiles(client: Pick<IAMClient, 'send'>): Pick<DiagnosisPort, 'nodeRoleArn'> {
  return {
    nodeRoleArn: (instanceProfileArn, signal) => {
      // Of a path such as instance-profile/team/nodes, IAM's calls take the last part.
      const name = instanceProfileArn.split('/').at(-1) ?? '';
      return during(
        `reading instance profile ${name}`,
        signal,
        client.send(new GetInstanceProfileCommand({ InstanceProfileName: name }), { abortSignal: signal }).then(
          ({ InstanceProfile }) => InstanceProfile?.Roles?.[0]?.Arn,
          (error: unknown) => {
            if (isNamed(error, 'AccessDenied', 'AccessDeniedException')) return 'unknown' as const;
            if (isNamed(error, 'NoSuchEntity', 'NoSuchEntityException')) return undefined;
            throw error;
          },
        ),
      );
    },
  };
}
