import { readMark } from '../../shared/lifecycle/mark.ts';
import { type StopAnswer as Stopped, stopDrain } from '../../shared/manual/stop-drain.ts';
import type { PlanNode } from '../../shared/plan/snapshot.ts';
import type { RequestOf } from '../../shared/settings/manual-request.ts';
import type { ErrorAnswer, StopAnswer, StoppedNode } from './answer.ts';
import type { Desk } from './manual-ports.ts';
import { nodesMeant } from './status-action.ts';

/**
 * Stops drains and takes back their marks. Those that have not begun first, so that none begins meanwhile; the execution of a request ends by
 * itself when its last drain has.
 */
export async function stopAction(request: RequestOf<'stop'>, desk: Desk): Promise<StopAnswer | ErrorAnswer> {
  const { cluster, ports, signal } = desk;
  const { hook = 'wait' } = request;
  const found = await nodesMeant(request, desk);
  if ('error' in found) return found;
  const nodes: StoppedNode[] = [];
  for (const { name } of found.nodes.toSorted((a, b) => rank(a) - rank(b))) {
    nodes.push(inWords(await stopDrain(name, hook, { cluster, clock: ports.clock }, signal), hook));
  }
  return { version: 1, action: 'stop', cluster: request.cluster, nodes };
}

function rank(node: PlanNode): number {
  return readMark(node.annotations)?.queued ? 0 : 1;
}

function inWords(answer: Stopped, hook: 'complete' | 'wait'): StoppedNode {
  const { node, result } = answer;
  switch (answer.result) {
    case 'told': {
      const then =
        hook === 'complete' ? 'its lifecycle action is completed' : 'its lifecycle action waits for its timeout';
      const text = `its drain stops at its next look; ${answer.hook ? then : 'our marks are taken back'}`;
      return { node, result, drain: answer.drain, text };
    }
    case 'undone':
      return { node, result, drain: answer.drain, text: 'no drain is at work: our marks are taken back' };
    case 'not-marked':
      return { node, result, text: 'it has no mark of ours' };
    case 'refused':
      return { node, result, text: answer.failure.message };
  }
}
