import type { NetworkSnapshot } from '../network/snapshot.ts';
import type { Remedy } from './remedies.ts';
import { gone, losses, type Standing, standingOf } from './standing.ts';
import { changeOf, inOrder, nameOf, type TagChange, withChanges } from './tag-change.ts';

/** Audits that a search for fewer changes, or for pairs, may cost. */
const mostTries = 200;
/** Results that these audits may give in all, and that are held in memory. */
const mostResults = 100_000;

/**
 * A set of changes that makes nothing worse and ends findings, as many as are found to be endable: from the smallest remedies on, one by
 * one and then two at a time; then without what is not needed, and the smallest set there is where it is cheap enough to look.
 */
export function searchChanges(
  snapshot: NetworkSnapshot,
  remediesOf: (snapshot: NetworkSnapshot) => readonly Remedy[],
): TagChange[] {
  const known = new Map<string, Standing>();
  let held = 0;
  const withAll = (changes: readonly TagChange[]): Standing => {
    const name = changes.map((each) => `${nameOf(each)} ${each.after}`).join('\n');
    const standing = known.get(name) ?? standingOf(withChanges(snapshot, changes));
    if (!known.has(name)) held += standing.results.size;
    if (held < mostResults) known.set(name, standing);
    return standing;
  };
  const base = withAll([]);
  const tries = Math.min(mostTries, Math.ceil(mostResults / Math.max(base.results.size, 1)));
  const pool = new Map<string, TagChange>();
  let taken: readonly TagChange[] = [];
  let standing = base;

  const take = (changes: readonly TagChange[]): boolean => {
    if (conflicts(taken, changes)) return false;
    const all = inOrder([...taken, ...changes]);
    const next = withAll(all);
    if (gone(standing, next).length === 0 || losses(standing, next).length > 0) return false;
    [taken, standing] = [all, next];
    known.clear();
    held = 0;
    return true;
  };
  const round = (choices: readonly number[]): boolean => {
    const all = bySize(remediesOf(withChanges(snapshot, taken))).filter(({ choice }) => choices.includes(choice));
    for (const { changes } of all) for (const each of changes) pool.set(`${nameOf(each)} ${each.after}`, each);
    const sizes = Map.groupBy(all, ({ changes }) => changes.length).values();
    return (
      [...sizes].some((some) => some.filter(({ changes }) => take(changes)).length > 0) || pairs(all, tries).some(take)
    );
  };

  for (;;) {
    while (round([0]) || round([0, 1]));
    // What is not needed may have stood in the way of something else.
    const fewest = smallest(needed(taken), [...pool.values()]);
    const isSame = fewest.length === taken.length;
    taken = fewest;
    standing = withAll(taken);
    if (isSame) return asSeen(snapshot, taken);
  }

  function needed(changes: readonly TagChange[]): readonly TagChange[] {
    const spare = changes.find((each) => does(changes.filter((other) => other !== each)));
    return spare ? needed(changes.filter((other) => other !== spare)) : changes;
  }

  function does(changes: readonly TagChange[], than: Standing = standing): boolean {
    const next = withAll(changes);
    const ended = new Set(gone(base, next).map(({ fingerprint }) => fingerprint));
    return losses(base, next).length === 0 && gone(base, than).every(({ fingerprint }) => ended.has(fingerprint));
  }

  function smallest(changes: readonly TagChange[], all: readonly TagChange[]): readonly TagChange[] {
    const sets = smallerSets(inOrderOfName(all), changes.length - 1, tries);
    const fewer = sets?.find((set) => !conflicts([], set) && does(set));
    return inOrder(fewer ?? changes);
  }
}

/** With what the snapshot says of each tag: what was found on the way had changes before it. */
function asSeen({ Subnets = [] }: NetworkSnapshot, changes: readonly TagChange[]): TagChange[] {
  const byId = new Map(Subnets.map((subnet) => [subnet.SubnetId, subnet]));
  return changes.flatMap(({ subnet, key, after }) => {
    const seen = byId.get(subnet);
    return seen ? (changeOf(seen, key, after) ?? []) : [];
  });
}

/** All sets of up to so many, the small ones first; undefined when they are too many to try. */
function smallerSets(all: readonly TagChange[], most: number, tries: number): TagChange[][] | undefined {
  let sets: TagChange[][] = [[]];
  const found: TagChange[][] = [];
  for (let size = 1; size <= most; size += 1) {
    sets = sets.flatMap((set) => {
      const last = set.at(-1);
      return all.slice(last ? all.indexOf(last) + 1 : 0).map((each) => [...set, each]);
    });
    found.push(...sets);
    if (found.length > tries) return undefined;
  }
  return found;
}

function pairs(remedies: readonly Remedy[], most: number): TagChange[][] {
  const found = remedies.flatMap((one, at) => remedies.slice(at + 1).map((two) => [...one.changes, ...two.changes]));
  return found.sort((a, b) => a.length - b.length).slice(0, most);
}

/** One tag cannot become two things. */
function conflicts(taken: readonly TagChange[], more: readonly TagChange[]): boolean {
  const wanted = new Map<string, string | null>();
  return [...taken, ...more].some((change) => {
    const name = nameOf(change);
    if (wanted.has(name)) return wanted.get(name) !== change.after;
    wanted.set(name, change.after);
    return false;
  });
}

function bySize(remedies: readonly Remedy[]): Remedy[] {
  const name = ({ changes }: Remedy) => changes.map((each) => `${nameOf(each)} ${each.after}`).join('\n');
  const all = remedies.filter(({ changes }) => changes.length > 0).map((each) => ({ each, name: name(each) }));
  const unique = [...new Map(all.toReversed().map((row) => [row.name, row])).values()];
  unique.sort(
    (a, b) =>
      a.each.changes.length - b.each.changes.length || a.each.choice - b.each.choice || (a.name < b.name ? -1 : 1),
  );
  return unique.map(({ each }) => each);
}

function inOrderOfName(changes: readonly TagChange[]): TagChange[] {
  return changes.toSorted((a, b) => (`${nameOf(a)} ${a.after}` < `${nameOf(b)} ${b.after}` ? -1 : 1));
}
