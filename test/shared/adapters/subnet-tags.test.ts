import { CreateTagsCommand, DeleteTagsCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSubnetTags, isRefused } from '../../../shared/adapters/subnet-tags.ts';

const never = new AbortController().signal;
const ec2 = mockClient(EC2Client);
const tags = createSubnetTags(new EC2Client({ region: 'eu-west-1' }));
const error = (name: string, httpStatusCode: number) =>
  Object.assign(new Error('no'), { name, $metadata: { httpStatusCode } });

beforeEach(() => {
  ec2.reset();
  ec2.onAnyCommand().rejects(new Error('nobody mocked this'));
});

describe('tags of subnets', () => {
  it('are read page by page, and a subnet that is gone is left out', async () => {
    ec2
      .on(DescribeSubnetsCommand)
      .resolvesOnce({ Subnets: [{ SubnetId: 'a', Tags: [{ Key: 'k', Value: '' }] }], NextToken: 'more' })
      .resolvesOnce({ Subnets: [{ SubnetId: 'b' }] });
    expect([...(await tags.read(['a', 'b', 'c'], never))]).toEqual([
      ['a', { k: '' }],
      ['b', {}],
    ]);
    expect(ec2.commandCalls(DescribeSubnetsCommand)[1]?.args[0].input).toEqual({
      Filters: [{ Name: 'subnet-id', Values: ['a', 'b', 'c'] }],
      NextToken: 'more',
    });
  });

  it('are asked for two hundred at a time, which is what a filter takes', async () => {
    ec2.on(DescribeSubnetsCommand).resolves({ Subnets: [] });
    await tags.read(
      Array.from({ length: 201 }, (_, at) => `subnet-${at}`),
      never,
    );
    expect(ec2.commandCalls(DescribeSubnetsCommand)).toHaveLength(2);
  });

  it('are set on many with one call, and taken away only where the value is the one that was seen', async () => {
    ec2.on(CreateTagsCommand).resolves({}).on(DeleteTagsCommand).resolves({});
    await tags.create(['a', 'b'], 'k', '1', never);
    await tags.remove(['c'], 'k', '', never);
    expect(ec2.calls().map(({ args }) => args[0].input)).toEqual([
      { Resources: ['a', 'b'], Tags: [{ Key: 'k', Value: '1' }] },
      { Resources: ['c'], Tags: [{ Key: 'k', Value: '' }] },
    ]);
  });

  it.each([
    ['ec2:DescribeSubnets', DescribeSubnetsCommand, () => tags.read(['a'], never)],
    ['ec2:CreateTags', CreateTagsCommand, () => tags.create(['a'], 'k', '1', never)],
    ['ec2:DeleteTags', DeleteTagsCommand, () => tags.remove(['a'], 'k', '1', never)],
  ] as const)('need %s, which a refusal names', async (right, command, call) => {
    ec2.on(command as typeof CreateTagsCommand).rejects(error('UnauthorizedOperation', 403));
    await expect(call()).rejects.toMatchObject({ cause: { right } });
  });

  it('are known not to have been changed when EC2 refuses, and not known when it does not answer', async () => {
    const thrown = async (cause: Error) => {
      ec2.on(CreateTagsCommand).rejects(cause);
      return tags.create(['a'], 'k', '1', never).catch((each: unknown) => each);
    };
    expect(isRefused(await thrown(error('UnauthorizedOperation', 403)))).toBe(true);
    expect(isRefused(await thrown(error('TagLimitExceeded', 400)))).toBe(true);
    expect(isRefused(await thrown(error('InternalError', 500)))).toBe(false);
    expect(isRefused(await thrown(new Error('socket hang up')))).toBe(false);
  });

  it('end with the reason of whoever aborts', async () => {
    const stopped = AbortSignal.abort(new Error('stopped'));
    ec2.on(CreateTagsCommand).rejects(new Error('AbortError'));
    await expect(tags.create(['a'], 'k', '1', stopped)).rejects.toThrow('stopped');
  });
});
