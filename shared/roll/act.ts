import { rollTag, writeRollMark } from './roll-mark.ts';
import type { RollMemory } from './roll-memory.ts';
import type { RollPorts } from './roll-ports.ts';
import type { RollStep } from './roll-step.ts';

export interface Acting {
  groupName: string;
  /** Begins a drain and comes back at once. */
  beginDrain: (step: RollStep & { kind: 'drain' }) => void;
}

/** Takes the steps in their order, up to one that Auto Scaling has no time for now. */
export async function takeSteps(
  steps: readonly RollStep[],
  memory: RollMemory,
  { groupName, beginDrain }: Acting,
  ports: RollPorts,
  signal: AbortSignal,
): Promise<void> {
  const { group, nodes, clock, tell } = ports;
  for (const step of steps) {
    const answer = await take(step);
    if (answer === 'busy') return;
    tell({ at: clock.now(), kind: 'step', step });
  }

  async function take(step: RollStep): Promise<'busy' | undefined> {
    switch (step.kind) {
      case 'mark':
        await group.writeTag(groupName, rollTag, step.mark && writeRollMark(step.mark), signal);
        memory.mark = step.mark && { mark: step.mark, at: clock.now() };
        return undefined;
      case 'suspend':
      case 'resume':
        await group[step.kind](groupName, step.process, signal);
        return undefined;
      case 'set-max':
        await group.setMax(groupName, step.max, signal);
        return undefined;
      case 'set-desired': {
        if ((await group.setDesired(groupName, step.to, signal)) === 'busy') return 'busy';
        memory.moved = { from: step.from, to: step.to, at: clock.now() };
        return undefined;
      }
      case 'cordon':
      case 'uncordon':
        await nodes[step.kind](step.node, step.rollId, signal);
        return undefined;
      case 'drain':
        beginDrain(step);
        return undefined;
      case 'terminate': {
        const answer = await group.terminate(step.instanceId, { decrement: step.decrement }, signal);
        if (answer === 'busy') return 'busy';
        memory.told.add(step.instanceId);
        memory.terminated.push(step.instanceId);
        return undefined;
      }
    }
  }
}
