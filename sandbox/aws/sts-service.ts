import type { Clock } from '../../shared/ports.ts';
import { AwsError } from './aws-error.ts';
import type { Identities } from './identities.ts';
import { verifyPresigned } from './presigned-url.ts';
import { queryAnswer, queryRefusal, readQuery } from './query-protocol.ts';
import type { WireService } from './wire.ts';

/** GetCallerIdentity for presigned requests. */
export function createStsService(context: { account: string; identities: Identities; clock: Clock }): WireService {
  return {
    read: readQuery,
    answer: async ({ name }, { url, headers }) => {
      if (name !== 'GetCallerIdentity') throw new AwsError(400, 'InvalidAction', `Could not find operation ${name}`);
      const { arn } = await verifyPresigned(url, headers, context);
      const result = { Arn: arn, UserId: 'AROAEXAMPLEID:sandbox', Account: context.account };
      return queryAnswer(name, 'https://sts.amazonaws.com/doc/2011-06-15/', result);
    },
    refuse: queryRefusal,
  };
}
