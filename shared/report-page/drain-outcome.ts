import type { EndReason } from '../lifecycle/end.ts';
import type { DrainReport } from '../lifecycle/report.ts';

export type Tone = 'good' | 'warning' | 'bad' | 'neutral';

/** An outcome in a few words; the sentence stands in the report. */
export interface DrainOutcome {
  tone: Tone;
  /** For those who do not see the colour. */
  sign: string;
  words: string;
}

const signs: Record<Tone, string> = { good: '✓', warning: '!', bad: '✗', neutral: '–' };

const ends: Record<EndReason, [Tone, string]> = {
  drained: ['good', 'Drained'],
  'drained-forced': ['warning', 'Drained, with force'],
  'drained-not-detached': ['warning', 'Drained, not detached'],
  deadline: ['bad', 'Pods left at the deadline'],
  'no-node': ['neutral', 'No node to drain'],
  'cluster-gone': ['neutral', 'The cluster is gone'],
  'cluster-unreachable': ['bad', 'Cluster unreachable'],
  'not-mapped': ['bad', 'No access to the cluster'],
  'mark-refused': ['bad', 'The node could not be marked'],
  failed: ['bad', 'Failed'],
  'already-resolved': ['neutral', 'Already resolved'],
  aborted: ['neutral', 'Stopped'],
  'handed-over': ['neutral', 'Left to another drain'],
  cordoned: ['good', 'Cordoned'],
  warned: ['neutral', 'Told, not acted on'],
  ignored: ['neutral', 'Ignored'],
};

export function drainOutcome({ end }: Pick<DrainReport, 'end'>): DrainOutcome {
  if (!end) return { tone: 'neutral', sign: '…', words: 'Under way' };
  const blocked: [Tone, string] = ['warning', 'Refused: nothing was evicted'];
  const [tone, words] = end.code === 'blocked' ? blocked : endOf(end.reason);
  return { tone, sign: signs[tone], words };
}

/** A report of another version may have an end that we do not know. */
function endOf(reason: EndReason): [Tone, string] {
  return Object.hasOwn(ends, reason) ? ends[reason] : ['neutral', reason];
}
