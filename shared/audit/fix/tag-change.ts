import type { Subnet, Tag } from '../network/ec2-shapes.ts';
import { tagValue } from '../network/names.ts';
import type { NetworkSnapshot } from '../network/snapshot.ts';

/** One tag of one subnet. Null: there is no such tag. */
export interface TagChange {
  /** An id. */
  subnet: string;
  key: string;
  before: string | null;
  after: string | null;
}

/** What a tag would become, out of what it is; undefined when it is that already. */
export function changeOf({ SubnetId, Tags }: Subnet, key: string, after: string | null): TagChange | undefined {
  const before = tagValue(Tags, key) ?? null;
  return before === after ? undefined : { subnet: SubnetId, key, before, after };
}

export function takenBack({ subnet, key, before, after }: TagChange): TagChange {
  return { subnet, key, before: after, after: before };
}

/** The snapshot as it would be. What a change says was there before is not looked at. */
export function withChanges(snapshot: NetworkSnapshot, changes: readonly TagChange[]): NetworkSnapshot {
  const bySubnet = Map.groupBy(changes, ({ subnet }) => subnet);
  const Subnets = snapshot.Subnets?.map((each) => {
    const own = bySubnet.get(each.SubnetId);
    return own ? { ...each, Tags: own.reduce(changed, each.Tags ?? []) } : each;
  });
  return { ...snapshot, ...(Subnets && { Subnets }) };
}

function changed(tags: readonly Tag[], { key, after }: TagChange): readonly Tag[] {
  const others = tags.filter(({ Key }) => Key !== key);
  return after === null ? others : [...others, { Key: key, Value: after }];
}

/** By subnet and key; a key that is changed twice is changed once, to the last value. */
export function inOrder(changes: readonly TagChange[]): TagChange[] {
  const last = new Map(changes.map((change) => [nameOf(change), change]));
  return [...last.values()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

export function nameOf({ subnet, key }: TagChange): string {
  return `${subnet} ${key}`;
}
