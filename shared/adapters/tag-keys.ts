import { isCausedBy } from './paced-calls.ts';

interface Tagged {
  name: string;
  keys: string[];
}

/** As many as one call may name. */
const mostTagged = 20;

/** The keys of each one's tags. One call names many, and fails when one of them is gone: then each is asked for alone, and that one is left out. */
export async function tagKeysOf(
  names: readonly string[],
  gone: string,
  ask: (names: string[]) => Promise<Tagged[]>,
): Promise<Map<string, string[]>> {
  const keys = new Map<string, string[]>();
  const note = (tagged: readonly Tagged[]) => {
    for (const { name, keys: its } of tagged) keys.set(name, its);
  };
  for (let from = 0; from < names.length; from += mostTagged) {
    const some = names.slice(from, from + mostTagged);
    const all = await unlessGone(some);
    if (all) note(all);
    else if (some.length > 1) for (const name of some) note((await unlessGone([name])) ?? []);
  }
  return keys;

  async function unlessGone(some: string[]): Promise<Tagged[] | undefined> {
    try {
      return await ask(some);
    } catch (error) {
      if (isCausedBy(error, gone)) return undefined;
      throw error;
    }
  }
}
