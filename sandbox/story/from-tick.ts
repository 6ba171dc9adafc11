import { isHookAction } from '../../shared/lifecycle/action.ts';
import type { LaunchOutput } from '../../shared/lifecycle/launch.ts';
import type { TickOutput } from '../../shared/lifecycle/tick.ts';
import type { Told } from './line.ts';
import { type Memory, secondsOf } from './memory.ts';

type Done = Extract<TickOutput | LaunchOutput, { status: 'done' }>;

/** What a tick answers the state machine. */
export function fromTick(number: number, output: TickOutput | LaunchOutput, memory: Memory): Told[] {
  if (output.status === 'again') {
    const { summary, waitSeconds } = output;
    const next = `the state machine waits ${waitSeconds} s, which costs nothing, and ticks again`;
    return [{ mark: `tick ${number}`, text: summary.text, next, tone: 'quiet' }];
  }
  const { end } = output;
  memory.ended = true;
  const code = end.code === undefined ? '' : ` (${end.code})`;
  const next = whatNext(output, memory);
  const text = `${end.reason}${code}: ${end.text}`;
  return [{ mark: 'end', text, ...(next !== undefined && { next }), tone: end.alarm ? 'warn' : 'good' }];
}

function whatNext({ action, end }: Done, memory: Memory): string | undefined {
  if ('fix' in end && end.fix !== undefined) return `to fix it: ${end.fix}`;
  if (isHookAction(action) || end.reason === 'ignored') return undefined;
  const goes = action.kind === 'spot-interruption' && action.at !== undefined;
  const then = goes ? `: EC2 takes the instance at ${secondsOf(Date.parse(action.at ?? ''), memory)}` : '';
  return `nothing is completed, since no hook waits${then}`;
}

export function fromTickFailure(number: number, { name, message }: Error): Told[] {
  const next = 'the state machine tries again after a pause';
  return [{ mark: `tick ${number}`, text: `failed: ${name}: ${message}`, next, tone: 'bad' }];
}
