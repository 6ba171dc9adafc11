import { AwsError } from './aws-error.ts';
import { queryAnswer, queryRefusal, readQuery } from './query-protocol.ts';
import type { WireService } from './wire.ts';

const namespace = 'https://iam.amazonaws.com/doc/2010-05-08/';
const createDate = '2026-01-31T12:00:00Z';

/** GetInstanceProfile. */
export function createIamService(
  profiles: ReadonlyMap<string, { arn: string; roleArns: readonly string[] }>,
): WireService {
  return {
    read: readQuery,
    answer: ({ name, input }) => {
      if (name !== 'GetInstanceProfile') throw new AwsError(400, 'InvalidAction', `Could not find operation ${name}`);
      const profileName = String(input.InstanceProfileName);
      const profile = profiles.get(profileName);
      if (!profile) throw new AwsError(404, 'NoSuchEntity', `Instance Profile ${profileName} cannot be found.`);
      const roles = profile.roleArns.map((arn) => ({
        Path: '/',
        RoleName: arn.split('/').at(-1) ?? '',
        RoleId: 'AROAEXAMPLE',
        Arn: arn,
        CreateDate: createDate,
      }));
      const InstanceProfile = {
        Path: '/',
        InstanceProfileName: profileName,
        InstanceProfileId: 'AIPAEXAMPLE',
        Arn: profile.arn,
        CreateDate: createDate,
        Roles: roles,
      };
      return queryAnswer(name, namespace, { InstanceProfile });
    },
    refuse: queryRefusal,
  };
}
