import { bytesText } from './bytes-text.ts';
import { endQuery } from './end-query.ts';
import { estimateBytes } from './estimate.ts';
import type { Step } from './step.ts';

/** Before anything is started: whether what it will scan is within what it may. */
export async function beginQuery(step: Step): Promise<void> {
  const { draft, wish, ports, signal } = step;
  await ports.turn(signal);
  const group = await ports.logs.findGroup(wish.group, signal);
  if (!group) throw new Error(`there is no log group ${wish.group} in this account and region`);
  draft.phase = 'running';
  draft.estimatedBytes = estimateBytes(group, wish.range, ports.clock.now());
  if (wish.maxBytes === undefined || draft.estimatedBytes <= wish.maxBytes) return;
  const about = `about ${bytesText(draft.estimatedBytes)} would be scanned (an estimate from the size of the log group)`;
  const why = `${about}, and ${bytesText(wish.maxBytes)} is the most: nothing was started`;
  await endQuery(step, 'byte-limit', `${why}. Ask for a shorter range, or allow more`);
}
