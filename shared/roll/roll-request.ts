/** A number of instances, or a percentage of the group's desired capacity. */
export type Share = { count: number } | { percent: number };

/** Which instances are to be replaced. */
export type Which =
  /** Those that were not launched from what the group launches from now. */
  | { kind: 'template' }
  /** All that there are when the roll begins. */
  | { kind: 'all' }
  /** Those that are older than this when the roll begins. */
  | { kind: 'older-than'; seconds: number };

/** What was asked for, with what was left out. */
export interface RollOptions {
  groupName: string;
  which: Which;
  /** How many old nodes are worked on at once, at least one. */
  maxUnavailable: Share;
  /** How many instances more than desired there may be meanwhile; undefined: as many as `maxUnavailable`. */
  surge?: Share;
  /** Drains first and lets Auto Scaling put the successor in the place that became free. */
  noSurge: boolean;
  /** The group's maximum goes up for the surge, and back at the end. */
  raiseMax: boolean;
  /** Goes on with what another process, or a roll with another selection, has begun. */
  takeOver: boolean;
  /** Begins nothing: takes back what a roll of this group left. */
  undo: boolean;
  /** Until new instances have to be in service and their nodes ready. */
  readyTimeoutSeconds: number;
  /** Until an instance that was told to go has to be gone. */
  goneTimeoutSeconds: number;
}

export const defaultRollOptions: Omit<RollOptions, 'groupName'> = {
  which: { kind: 'template' },
  maxUnavailable: { count: 1 },
  noSurge: false,
  raiseMax: false,
  takeOver: false,
  undo: false,
  readyTimeoutSeconds: 900,
  goneTimeoutSeconds: 3600,
};

const sharePattern = /^(\d{1,4})(%?)$/;

/** `3` or `25%`; undefined for anything else, and for none at all. */
export function readShare(text: string): Share | undefined {
  const [, digits, percent] = sharePattern.exec(text) ?? [];
  const number = Number(digits ?? 0);
  if (number < 1) return undefined;
  if (percent !== '%') return { count: number };
  return number > 100 ? undefined : { percent: number };
}

/** Of so many instances: `down` never takes more than was said, but for the one without which nothing would go on. */
export function shareOf(share: Share, desired: number, round: 'up' | 'down'): number {
  if ('count' in share) return share.count;
  const exact = (desired * share.percent) / 100;
  return Math.max(1, round === 'up' ? Math.ceil(exact) : Math.floor(exact));
}
