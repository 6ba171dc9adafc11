import type { Progress } from './line.ts';
import { isHeld, type Memory, movingPods } from './memory.ts';

/** In steps: each pod that must go, each volume that must be detached, and the end. */
export function progressOf(memory: Memory): Progress {
  const { startedAt, volumes, detached, ended } = memory;
  const pods = movingPods(memory);
  const gone = pods.filter((pod) => pod.gone).length;
  const total = pods.length + volumes.size + detached + 1;
  return { startedAt, done: gone + detached + (ended ? 1 : 0), total, doing: doing(memory, pods.length, gone) };
}

function doing(memory: Memory, pods: number, gone: number): string {
  if (memory.ended) return 'over';
  if (memory.deadlineAt === undefined) return 'is there something to drain?';
  if (pods === 0) return 'letting the cordon settle';
  const held = movingPods(memory).filter(isHeld).length;
  if (gone < pods) return `${gone} of ${pods} pods gone${held > 0 ? `, ${held} held` : ''}`;
  if (memory.volumes.size > 0) return `waiting for ${[...memory.volumes.values()].join(', ')}`;
  if (memory.targets.size > 0) return `waiting for ${[...memory.targets].join(', ')}`;
  return 'completing the hook';
}
