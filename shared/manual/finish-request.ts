import { cutText } from '../lifecycle/cut-text.ts';
import type { CommonRequest, NodeToDrain } from './drain-request.ts';
import type { NodeResult } from './node-result.ts';
import { type TakeBackPorts, takeBackQueued } from './take-back-queued.ts';

/** What became of a request. */
export interface RequestResult {
  version: 1;
  requestId: string;
  /** `stopped`: somebody wanted no more of it. */
  status: 'drained' | 'stopped' | 'failed';
  /** One sentence: how many, and which was not drained. */
  text: string;
  nodes: NodeResult[];
}

/** Longer ones are no error's cause any more. */
const mostCharacters = 2_000;

/** After the last drain: takes back what was never begun, and sums up. Nodes without a result were not come to. */
export async function finishRequest(
  { requestId }: CommonRequest,
  nodes: readonly Pick<NodeToDrain, 'name'>[],
  results: readonly NodeResult[],
  ports: TakeBackPorts,
  signal: AbortSignal,
): Promise<RequestResult> {
  await takeBackQueued(requestId, ports, signal);
  const known = new Map(results.map((result) => [result.node, result]));
  const all = nodes.map(({ name }) => known.get(name) ?? notBegun(name));
  const of = (outcome: NodeResult['outcome']) => all.filter((each) => each.outcome === outcome);
  const bad = [...of('failed'), ...of('stopped')].map(({ node, text }) => `${node} ${text}`);
  const left = of('not-begun').map(({ node }) => node);
  const parts = [
    `${of('drained').length} of ${all.length} nodes drained`,
    ...bad,
    ...(left.length > 0 ? [`not begun and as before: ${left.join(', ')}`] : []),
  ];
  // None at all: the machine itself has failed.
  const isBroken = results.length === 0 || of('failed').length > 0;
  const status = isBroken ? 'failed' : bad.length + left.length > 0 ? 'stopped' : 'drained';
  return { version: 1, requestId, status, text: cutText(parts.join('; '), mostCharacters), nodes: all };
}

function notBegun(node: string): NodeResult {
  return { node, outcome: 'not-begun', text: 'not begun' };
}
