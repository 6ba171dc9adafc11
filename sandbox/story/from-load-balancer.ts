import { isInstanceHeld, isTargetHeld } from '../../shared/lifecycle/registration.ts';
import type { TargetChange } from '../world/observation.ts';
import type { Told } from './line.ts';
import type { Memory } from './memory.ts';

/** What becomes of the node's targets, once its drain has begun. */
export function fromLoadBalancer({ kind, group, target, state }: TargetChange, memory: Memory): Told[] {
  if (target !== memory.instanceId) return [];
  const name = `${kind === 'classic' ? 'load balancer' : 'target group'} ${group}`;
  const held = state !== undefined && (kind === 'classic' ? isInstanceHeld(state, true) : isTargetHeld(state));
  const before = memory.targets.has(name);
  held ? memory.targets.add(name) : memory.targets.delete(name);
  if (!held && before) return [{ mark: 'target', text: `${target} is out of ${name}`, tone: 'good' }];
  const text = `${target} is ${state} in ${name}`;
  if (state !== 'draining') return [{ mark: 'target', text, tone: 'quiet' }];
  return [{ mark: 'target', text, next: 'what is connected may finish; nothing new is sent to it' }];
}
