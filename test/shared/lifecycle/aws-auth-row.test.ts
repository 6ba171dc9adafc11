import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { awsAuthRow } from '../../../shared/lifecycle/aws-auth-row.ts';

test.each(['arn:aws:iam::123456789012:role/drain', 'arn:aws:iam::123456789012:role/team/of/drain'])(
  'the row of %s is YAML with the role as the authenticator knows it, without a path',
  (roleArn) => {
    expect(parse(awsAuthRow({ roleArn, groups: ['eks-node-lifecycle', 'eks-node-lifecycle-plan'] }))).toEqual([
      {
        rolearn: 'arn:aws:iam::123456789012:role/drain',
        username: 'eks-node-lifecycle:{{SessionName}}',
        groups: ['eks-node-lifecycle', 'eks-node-lifecycle-plan'],
      },
    ]);
  },
);
