import type { End, EndReason } from '../lifecycle/end.ts';

/** What became of one node. */
export interface NodeOutcome {
  node: string;
  outcome: 'drained' | 'failed' | 'stopped' | 'not-begun';
  /** Of its drain; undefined when it had none. */
  end: End | undefined;
  /** One sentence for a person. */
  text: string;
  /** Where its report lies. */
  report: string | undefined;
  /** Auto Scaling was asked to end its instance, and will. */
  terminated?: true;
}

/** Nothing evictable is left, or the node is gone, or whoever ends its instance drains it. */
const good: ReadonlySet<EndReason> = new Set([
  'drained',
  'drained-forced',
  'drained-not-detached',
  'no-node',
  'handed-over',
]);

export function outcomeOf(node: string, end: End, report: string | null): NodeOutcome {
  const outcome = good.has(end.reason)
    ? 'drained'
    : end.reason === 'aborted' && end.code !== 'blocked'
      ? 'stopped'
      : 'failed';
  return { node, outcome, end, text: `${end.reason}: ${end.text}`, report: report ?? undefined };
}
