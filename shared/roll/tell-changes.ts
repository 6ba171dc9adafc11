import type { RollEvent } from './roll-event.ts';
import { readRollMark, rollTag } from './roll-mark.ts';
import type { RollMemory } from './roll-memory.ts';
import { type RollObservation, standingOf } from './standing.ts';

/** What changed since the look before, as far as somebody who watches wants to know. */
export function tellChanges(seen: RollObservation, memory: RollMemory, tell: (event: RollEvent) => void): void {
  const mark = readRollMark(seen.group.tags[rollTag] ?? '');
  if (!mark) return;
  const standing = standingOf(seen, mark);
  const old = standing.old.length;
  if (!memory.mark && !memory.resumed) {
    memory.resumed = true;
    tell({ at: seen.now, kind: 'resumed', rollId: mark.id, startedAt: mark.startedAt, old });
  }
  const there = new Set(
    seen.group.instances.flatMap(({ id, lifecycleState }) => (lifecycleState === 'Terminated' ? [] : [id])),
  );
  for (const instanceId of memory.told) {
    if (there.has(instanceId)) continue;
    memory.told.delete(instanceId);
    tell({ at: seen.now, kind: 'gone', instanceId, old });
  }
}
