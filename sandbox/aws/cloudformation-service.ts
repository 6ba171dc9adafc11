import { AwsError } from './aws-error.ts';
import { queryAnswer, queryRefusal, readQuery } from './query-protocol.ts';
import type { WireService } from './wire.ts';

const namespace = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

/** DescribeStacks of one stack: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html */
export function createCloudFormationService(
  stacks: ReadonlyMap<string, Readonly<Record<string, string>>>,
): WireService {
  return {
    read: readQuery,
    answer: ({ name, input }) => {
      if (name !== 'DescribeStacks') throw new AwsError(400, 'InvalidAction', `Could not find operation ${name}`);
      const stackName = String(input.StackName);
      const outputs = stacks.get(stackName);
      if (!outputs) throw new AwsError(400, 'ValidationError', `Stack with id ${stackName} does not exist`);
      const Stack = {
        StackName: stackName,
        CreationTime: '2026-01-31T12:00:00Z',
        StackStatus: 'CREATE_COMPLETE',
        Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
      };
      return queryAnswer(name, namespace, { Stacks: [Stack] });
    },
    refuse: queryRefusal,
  };
}
