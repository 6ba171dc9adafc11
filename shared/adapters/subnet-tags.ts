import { CreateTagsCommand, DeleteTagsCommand, DescribeSubnetsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { during } from './during.ts';
import { isNamed } from './error-name.ts';
import { DeniedError } from './paced-calls.ts';

/** The most values that a filter takes. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html */
const filterValues = 200;

export type SubnetTagging = ReturnType<typeof createSubnetTags>;

/**
 * Tags of subnets, as this account sees them: those of a shared subnet are each account's own. A refusal is an Error whose cause is a
 * DeniedError. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html
 */
export function createSubnetTags(client: Pick<EC2Client, 'send'>) {
  return {
    /** By id; a subnet that is not there is left out. */
    read: async (subnetIds: readonly string[], signal: AbortSignal): Promise<Map<string, Record<string, string>>> => {
      const found = new Map<string, Record<string, string>>();
      for (let from = 0; from < subnetIds.length; from += filterValues) {
        const Filters = [{ Name: 'subnet-id', Values: subnetIds.slice(from, from + filterValues) }];
        for (let NextToken: string | undefined; ; ) {
          const command = new DescribeSubnetsCommand({ Filters, ...(NextToken && { NextToken }) });
          const page = await during(
            'reading the tags of subnets',
            signal,
            client.send(command, { abortSignal: signal }).catch(denied('DescribeSubnets')),
          );
          for (const { SubnetId = '', Tags = [] } of page.Subnets ?? [])
            found.set(SubnetId, Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])));
          NextToken = page.NextToken;
          if (!NextToken) break;
        }
      }
      return found;
    },

    /** On all of them or on none; a value that a key has is replaced. */
    create: (subnetIds: readonly string[], key: string, value: string, signal: AbortSignal): Promise<void> =>
      during(
        `tagging ${subnetIds.join(', ')} ${key}=${value}`,
        signal,
        client
          .send(new CreateTagsCommand({ Resources: [...subnetIds], Tags: [{ Key: key, Value: value }] }), {
            abortSignal: signal,
          })
          .then(() => undefined)
          .catch(denied('CreateTags')),
      ),

    /** Only where it has this value. */
    remove: (subnetIds: readonly string[], key: string, value: string, signal: AbortSignal): Promise<void> =>
      during(
        `taking ${key}=${value} from ${subnetIds.join(', ')}`,
        signal,
        client
          .send(new DeleteTagsCommand({ Resources: [...subnetIds], Tags: [{ Key: key, Value: value }] }), {
            abortSignal: signal,
          })
          .then(() => undefined)
          .catch(denied('DeleteTags')),
      ),
  };
}

/** What a refused call did: nothing. Of other errors nobody knows. */
export function isRefused(error: unknown): boolean {
  const { cause } = error as { cause?: unknown };
  const thrown = cause instanceof DeniedError ? cause.cause : cause;
  const status = (thrown as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode ?? 0;
  return cause instanceof DeniedError || (status >= 400 && status < 500);
}

function denied(operation: string) {
  return (error: unknown): never => {
    if (!isNamed(error, 'UnauthorizedOperation', 'AccessDenied', 'AccessDeniedException')) throw error;
    throw new DeniedError(`ec2:${operation}`, { cause: error });
  };
}
