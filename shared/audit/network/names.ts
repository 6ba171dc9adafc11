import type { Subnet, Tag } from './ec2-shapes.ts';
import type { NetworkSnapshot } from './snapshot.ts';

/** What a snapshot says of where it is. */
type Place = Pick<NetworkSnapshot, 'partition' | 'region' | 'account'>;

export function arnIn(
  { partition, region, account }: Place,
  service: string,
  resource: string,
  owner = account,
): string {
  return `arn:${partition}:${service}:${region}:${owner}:${resource}`;
}

/** For what EC2 gives no ARN of, for example `route-table/rtb-1` or `vpc/vpc-1`. */
export function ec2Arn({ snapshot }: { snapshot: Place }, resource: string, owner?: string): string {
  return arnIn(snapshot, 'ec2', resource, owner);
}

/** Of a subnet of another account it is the owner's. */
export function subnetArn(context: { snapshot: Place }, { SubnetArn, SubnetId, OwnerId }: Subnet): string {
  return SubnetArn ?? ec2Arn(context, `subnet/${SubnetId}`, OwnerId);
}

/** Its id, and the name that its tag gives it: what a person looks for in the console. */
export function subnetName({ SubnetId, Tags }: Subnet): string {
  const name = tagValue(Tags, 'Name');
  return name ? `${SubnetId} (${name})` : SubnetId;
}

/** The tag's value, which may be empty; undefined when there is no such tag. Keys are case-sensitive. */
export function tagValue(tags: readonly Tag[] | undefined, key: string): string | undefined {
  const tag = tags?.find(({ Key }) => Key === key);
  return tag && (tag.Value ?? '');
}

/** As evidence: `Key=Value`. */
export function tagLines(tags: readonly Tag[] | undefined): string[] {
  return (tags ?? []).map(({ Key = '', Value = '' }) => `${Key}=${Value}`).sort();
}

/** Lent by another account: its tags are this account's own, its route table and network ACL may be out of sight. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html */
export function isShared({ snapshot }: { snapshot: Place }, { OwnerId }: Pick<Subnet, 'OwnerId' | 'VpcId'>): boolean {
  return OwnerId !== undefined && OwnerId !== snapshot.account;
}
