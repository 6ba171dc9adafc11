import type { Standing, StandingInstance } from './standing.ts';

/**
 * Whose turn it is: `free` at most, and of those that serve only `spare`. First what an interrupted roll began and what serves no more, then
 * zone by zone, so that no two zones are short at once.
 */
export function nextNodes({ old }: Standing, { free, spare }: { free: number; spare: number }): StandingInstance[] {
  const underWay = old.find(({ drain }) => drain === 'running')?.zone;
  const waiting = old.filter(({ drain }) => !drain).sort(inTurn(underWay));
  const chosen: StandingInstance[] = [];
  let left = spare;
  for (const instance of waiting) {
    if (chosen.length >= free) break;
    if (instance.serves && left < 1) continue;
    const zone = underWay ?? chosen.find(({ serves }) => serves)?.zone;
    if (instance.serves && zone !== undefined && instance.zone !== zone) continue;
    chosen.push(instance);
    if (instance.serves) left -= 1;
  }
  return chosen;
}

const inTurn = (zone: string | undefined) => (a: StandingInstance, b: StandingInstance) =>
  Number(b.node?.drainMark ?? false) - Number(a.node?.drainMark ?? false) ||
  Number(a.serves) - Number(b.serves) ||
  Number(b.zone === zone) - Number(a.zone === zone) ||
  compare(a.zone, b.zone) ||
  compare(a.id, b.id);

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
