import { rollGroup } from '../../shared/roll/roll-group.ts';
import type { RollPorts } from '../../shared/roll/roll-ports.ts';
import type { RollOptions } from '../../shared/roll/roll-request.ts';
import { type Format, formatted } from '../output/formats.ts';
import { rollSummary, rollText } from './roll-text.ts';

export interface RollRequest extends RollOptions {
  output: Format;
  /** Says what would be done, and does nothing. */
  dryRun: boolean;
}

export interface RollCommandPorts extends Omit<RollPorts, 'tell'> {
  /** Data, for stdout. */
  out: (text: string) => void;
  /** Progress, line by line, for stderr. */
  note: (line: string) => void;
  /** Aborts at the first Ctrl-C: the roll stops and takes back what it did. */
  stop: AbortSignal;
  /** Aborts at the second: the roll ends where it is. The same command, or `undo`, goes on from there. */
  signal: AbortSignal;
}

/**
 * Rolls one group. Answers the exit code: 0 rolled, nothing to do or undone as asked; 1 stopped by a node that failed, 3 refused as things
 * are, 130 stopped by a person. Throws when the group or the cluster cannot be reached, and the reason of `signal`.
 */
export async function runRoll(request: RollRequest, ports: RollCommandPorts): Promise<number> {
  const { out, note, stop, signal, ...rest } = ports;
  const { dryRun, output } = request;
  const started = rest.clock.now();
  const tell: RollPorts['tell'] = (event) => {
    const line = rollText(event);
    if (line !== undefined) note(line);
  };
  const end = await rollGroup(request, { ...rest, tell }, { stop, signal, dryRun });
  const milliseconds = rest.clock.now() - started;
  const value = { version: 1, group: request.groupName, ...end };
  out(await formatted(value, output, () => rollSummary(request, end, milliseconds)));
  return exitCodes[end.outcome];
}

const exitCodes = {
  rolled: 0,
  'nothing-to-do': 0,
  planned: 0,
  undone: 0,
  failed: 1,
  refused: 3,
  stopped: 130,
} as const;
