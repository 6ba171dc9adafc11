import { defaultRollOptions, type Share, type Which } from '../../shared/roll/roll-request.ts';
import type { ConnectionOptions } from '../connect/connection-options.ts';
import type { DrainOptions } from '../drain/drain-options.ts';
import type { Format } from '../output/formats.ts';
import type { RollRequest } from './run-roll.ts';

export interface RollCommandOptions extends ConnectionOptions, DrainOptions {
  asg: string;
  maxUnavailable: Share;
  /** false: `--no-surge`. */
  surge?: Share | boolean;
  raiseMax?: true;
  all?: true;
  olderThan?: number;
  takeOver?: true;
  undo?: true;
  /** Seconds; 0: no limit. */
  readyTimeout: number;
  dryRun?: true;
  reportFolder?: string;
  output: Format;
}

/** What a roll is asked for. */
export function rollRequestOf(options: RollCommandOptions): RollRequest {
  const { asg, maxUnavailable, surge, raiseMax, takeOver, undo, readyTimeout, output, dryRun } = options;
  return {
    ...defaultRollOptions,
    groupName: asg,
    which: whichOf(options),
    maxUnavailable,
    ...(typeof surge === 'object' && { surge }),
    noSurge: surge === false,
    raiseMax: raiseMax ?? false,
    takeOver: takeOver ?? false,
    undo: undo ?? false,
    readyTimeoutSeconds: readyTimeout || Number.POSITIVE_INFINITY,
    output,
    dryRun: dryRun ?? false,
  };
}

function whichOf({ all, olderThan }: RollCommandOptions): Which {
  if (all) return { kind: 'all' };
  return olderThan === undefined ? defaultRollOptions.which : { kind: 'older-than', seconds: olderThan };
}
