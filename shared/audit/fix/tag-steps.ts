import { meantRoleKey } from '../network/near-role-key.ts';
import type { TagChange } from './tag-change.ts';

/** One call: one tag of many subnets, so that what is between two states is short. */
export interface TagStep<Change extends TagChange = TagChange> {
  kind: 'create' | 'remove';
  key: string;
  /** What is written, or what is there to be removed. */
  value: string;
  changes: readonly Change[];
}

/** What is added comes before what is taken away, so that a role is never without a subnet. */
export function stepsOf<Change extends TagChange>(changes: readonly Change[]): TagStep<Change>[] {
  const groups = Map.groupBy(changes, ({ key, before, after }) =>
    JSON.stringify([after === null, key, after ?? before]),
  );
  const steps = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { key, before, after } = first;
    const kind = after === null ? ('remove' as const) : ('create' as const);
    return [{ kind, key, value: after ?? before ?? '', changes: group }];
  });
  return [...steps.filter(({ kind }) => kind === 'create'), ...steps.filter(({ kind }) => kind === 'remove')];
}

export type SubnetTags = Readonly<Record<string, string>>;

/** Keys by which somebody may look for subnets, or meant to. */
function isLookedFor(key: string): boolean {
  return /^(kubernetes\.io|cni\.networking\.k8s\.aws)\//.test(key) || meantRoleKey(key) !== undefined;
}

/** The tags that matter to an audit and are not as they were seen, each in words. */
export function movedTags(seen: SubnetTags, now: SubnetTags): string[] {
  const keys = [...new Set([...Object.keys(seen), ...Object.keys(now)])].filter(isLookedFor).sort();
  const said = (value: string | undefined) => (value === undefined ? 'none' : JSON.stringify(value));
  return keys.flatMap((key) => {
    const [was, is] = [seen, now].map((tags) => (Object.hasOwn(tags, key) ? tags[key] : undefined));
    return was === is ? [] : [`${key} was ${said(was)} and is ${said(is)}`];
  });
}
