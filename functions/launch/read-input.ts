import * as z from 'zod/mini';
import { firstLaunchState } from '../../shared/launch/launch-session.ts';
import type { LaunchInput, LaunchState } from '../../shared/lifecycle/launch.ts';
import { hookActionShape, parseTickInput, stateFields, tickInputShape } from '../tick-input.ts';

const { number, instant, name } = stateFields;

/** A launch in flight goes on after an upgrade, so only what tells our state from anything else has to be there. */
const state = z.looseObject({
  version: z.literal(1),
  startedAt: z.number(),
  ticks: z.number(),
  clusterName: name,
  nodeName: name,
  heartbeatAt: instant,
  answeredAt: instant,
  noActionSince: instant,
  otherStateLooks: number,
  missing: name,
  progressAt: number,
} satisfies Record<keyof LaunchState, z.ZodMiniType>);

const input = tickInputShape(hookActionShape('launch'), state);

/**
 * A field that an older version of ours did not write yet is as it is on a first tick. Throws an error that names every field that
 * is not as the state machine sends it.
 */
export function readLaunchInput(event: unknown): LaunchInput {
  const read = parseTickInput(input, event);
  const state = read.state && { ...firstLaunchState(read.state.startedAt), ...read.state };
  return { ...read, state } as LaunchInput;
}
