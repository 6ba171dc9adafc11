import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { during } from './during.ts';
import { isNamed } from './error-name.ts';
import { DeniedError } from './paced-calls.ts';

/** The outputs of a stack by name; undefined: there is no such stack in the account and region, or not yet or no longer. */
export type ReadOutputs = (
  stackName: string,
  signal: AbortSignal,
) => Promise<Readonly<Record<string, string>> | undefined>;

/** Its errors carry a DeniedError as their cause where the right is missing. */
export function createStackOutputs(client: Pick<CloudFormationClient, 'send'>): ReadOutputs {
  return (stackName, signal) =>
    during(
      `reading the outputs of stack ${stackName}`,
      signal,
      client.send(new DescribeStacksCommand({ StackName: stackName }), { abortSignal: signal }).then(
        ({ Stacks }) =>
          Object.fromEntries(
            (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
          ),
        (error: unknown) => {
          // That a stack is not there has no code of its own: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
          if (isNamed(error, 'ValidationError') && error.message.includes('does not exist')) return undefined;
          if (isNamed(error, 'AccessDenied', 'AccessDeniedException')) {
            throw new DeniedError('cloudformation:DescribeStacks', { cause: error });
          }
          throw error;
        },
      ),
    );
}
