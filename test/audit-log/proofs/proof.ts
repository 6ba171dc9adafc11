import type { Values } from '../../../shared/log-insights/parameters.ts';
import type { Done } from '../done.ts';

export type Cell = string | number | undefined;
export type Expected = Record<string, Cell>;

/** Which rows a query must find, told from what was done. `done` is already narrowed to the values of its parameters. */
export type Proof = (done: readonly Done[], values: Values) => Expected[];

export const writes = ['create', 'update', 'patch', 'delete', 'deletecollection'];
export const isOneOf = (list: readonly string[], value: string | undefined) =>
  value !== undefined && list.includes(value);
export const isEviction = ({ resource, sub }: Pick<Done, 'resource' | 'sub'>) =>
  resource === 'pods' && sub === 'eviction';
export const dash = (value: string | undefined) => value ?? '-';

/** Groups: one row each, with what they have in common and what they come to. */
export function tally(
  done: readonly Done[],
  commonTo: (one: Done) => Expected,
  sumUp: (group: Group) => Expected = () => ({}),
  count = 'n',
): Expected[] {
  const groups = new Map<string, { row: Expected; members: Done[] }>();
  for (const one of done) {
    const row = commonTo(one);
    const key = JSON.stringify(Object.entries(row).map(([name, value]) => [name, value ?? null]));
    const group = groups.get(key) ?? { row, members: [] };
    group.members.push(one);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ row, members }) => ({
    ...row,
    [count]: members.length,
    ...sumUp(groupOf(members)),
  }));
}

export interface Group {
  members: readonly Done[];
  first: number;
  last: number;
  latest: Done;
}

function groupOf(members: Done[]): Group {
  const byTime = members.toSorted((a, b) => a.at - b.at);
  return { members, first: byTime[0]?.at ?? 0, last: byTime.at(-1)?.at ?? 0, latest: byTime.at(-1) as Done };
}

/** How many different names there are. */
export const distinct = (values: readonly (string | undefined)[]) =>
  new Set(values.filter((value) => value !== undefined)).size;
