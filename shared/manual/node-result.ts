import { cutText } from '../lifecycle/cut-text.ts';
import type { EndReason } from '../lifecycle/end.ts';
import type { NodeOutcome } from './outcome.ts';

/** What became of one node, small enough for hundreds of them in an execution. */
export interface NodeResult {
  node: string;
  outcome: NodeOutcome['outcome'];
  /** One sentence for a person. */
  text: string;
  /** Of its drain's end. */
  reason?: EndReason;
  report?: string;
  terminated?: true;
}

/** Of 300 nodes they fit into the 256 KB of a state. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const mostCharacters = 200;

export function resultOf({ node, outcome, text, end, report, terminated }: NodeOutcome): NodeResult {
  return {
    node,
    outcome,
    text: cutText(text, mostCharacters),
    ...(end ? { reason: end.reason } : {}),
    ...(report === undefined ? {} : { report }),
    ...(terminated ? { terminated } : {}),
  };
}
