import { excludeLabel, type Mark, soonerDeadline, stopAnnotation } from './mark.ts';
import type { NodeView } from './node.ts';

/** Another drain whose last sign is older than this is dead: its claim is taken over. */
const claimMilliseconds = 600_000;
/** A claim is renewed well before that. */
const renewMilliseconds = 120_000;
/** With every look while a sooner deadline stands: whoever noted it waits for a sign that somebody heeds it. */
const heedMilliseconds = 10_000;
/** An end that moved by less is not worth a write. */
const movedMilliseconds = 5_000;

/** A second hook on the same instance waits for the drain in progress and completes its own action after it. */
export function isClaimedByOther(mark: Mark, drain: string, now: number): boolean {
  return mark.drain !== drain && mark.ended === undefined && now - Date.parse(mark.seenAt) < claimMilliseconds;
}

/** Nothing to patch: label and cordon stand, the claim is ours, fresh, and says when it ends. */
export function isUpToDate(node: NodeView, mark: Mark, drain: string, endsAt: number, now: number): boolean {
  const mine = mark.drain === drain && mark.ended === undefined && mark.queued === undefined;
  const marked = node.unschedulable && excludeLabel in node.labels;
  const tellsEnd = Math.abs(Date.parse(mark.endsAt) - endsAt) < movedMilliseconds;
  const hasSooner = soonerDeadline(node.annotations, Date.parse(mark.startedAt)) !== undefined;
  const isFresh = now - Date.parse(mark.seenAt) < (hasSooner ? heedMilliseconds : renewMilliseconds);
  return mine && marked && tellsEnd && isFresh;
}

/** An operator's wish to stop, and what is to become of the hook. */
export function stopRequest(node: Pick<NodeView, 'annotations'>): 'complete' | 'wait' | undefined {
  const value = node.annotations[stopAnnotation];
  return value === 'complete' || value === 'wait' ? value : undefined;
}
