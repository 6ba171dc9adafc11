import { describe, expect, test } from 'vitest';
import { ec2Arn, isShared, subnetArn, subnetName, tagLines, tagValue } from '../../../../shared/audit/network/names.ts';
import { account, aSnapshot, aSubnet } from './builders.ts';

const context = { snapshot: aSnapshot({ partition: 'aws-cn', region: 'cn-north-1' }) };
const { SubnetArn: _, ...bare } = aSubnet('subnet-a', { tags: { Name: 'nodes', empty: '' } });

describe('names', () => {
  test('an ARN is of its partition, its region and its owner', () => {
    expect(subnetArn(context, bare)).toBe(`arn:aws-cn:ec2:cn-north-1:${account}:subnet/subnet-a`);
    expect(subnetArn(context, { ...bare, OwnerId: '999' })).toBe('arn:aws-cn:ec2:cn-north-1:999:subnet/subnet-a');
    expect(subnetArn(context, aSubnet('subnet-a'))).toBe(`arn:aws:ec2:eu-west-1:${account}:subnet/subnet-a`);
    expect(ec2Arn(context, 'vpc/vpc-1')).toBe(`arn:aws-cn:ec2:cn-north-1:${account}:vpc/vpc-1`);
  });

  test('a subnet is called by its id, and by its name where it has one', () => {
    expect(subnetName(bare)).toBe('subnet-a (nodes)');
    expect(subnetName(aSubnet('subnet-a'))).toBe('subnet-a');
  });

  test('a tag with an empty value is there, and keys are case-sensitive', () => {
    expect(tagValue(bare.Tags, 'empty')).toBe('');
    expect(tagValue([{ Key: 'k' }], 'k')).toBe('');
    expect(tagValue(bare.Tags, 'name')).toBeUndefined();
    expect(tagLines(bare.Tags)).toEqual(['Name=nodes', 'empty=']);
  });

  test('a subnet is shared when another account owns it, and not when the owner was not read', () => {
    expect(isShared(context, { ...bare, OwnerId: '999' })).toBe(true);
    expect(isShared(context, bare)).toBe(false);
    const { OwnerId: __, ...unowned } = bare;
    expect(isShared(context, unowned)).toBe(false);
  });
});
