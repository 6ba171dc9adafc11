import type { TickOutput } from '../../shared/lifecycle/tick.ts';
import type { Told } from './line.ts';
import type { Memory } from './memory.ts';

/** What a tick answers the state machine. */
export function fromTick(number: number, output: TickOutput, memory: Memory): Told[] {
  if (output.status === 'again') {
    const { summary, waitSeconds } = output;
    const next = `the state machine waits ${waitSeconds} s, which costs nothing, and ticks again`;
    return [{ mark: `tick ${number}`, text: summary.text, next, tone: 'quiet' }];
  }
  const { end } = output;
  memory.ended = true;
  const code = end.code === undefined ? '' : ` (${end.code})`;
  return [{ mark: 'end', text: `${end.reason}${code}: ${end.text}`, tone: end.alarm ? 'warn' : 'good' }];
}

export function fromTickFailure(number: number, { name, message }: Error): Told[] {
  const next = 'the state machine tries again after a pause';
  return [{ mark: `tick ${number}`, text: `failed: ${name}: ${message}`, next, tone: 'bad' }];
}
