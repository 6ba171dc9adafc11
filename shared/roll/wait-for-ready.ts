import type { RollDecision } from './roll-step.ts';
import { type RollObservation, type Standing, type StandingInstance, startsUp } from './standing.ts';

/** Until there is room for the next drain; it stops the roll, and says what is the matter, when that takes too long. */
export function waitForReady(
  { options, now, waiting, failedLaunches }: RollObservation,
  { active, missing, serving }: Standing,
): RollDecision {
  const notYet = active.filter(({ serves, drain }) => !serves && !drain);
  const key = `ready ${active.length} ${serving}`;
  const told = notYet.map(({ id, ...instance }) => `${id} ${stateText(instance)}`);
  const launches =
    missing === 0
      ? []
      : [missing === 1 ? 'an instance is not launched yet' : `${missing} instances are not launched yet`];
  const text = `until new nodes are ready: ${[...launches, ...told].join('; ') || 'there are too few'}`;
  const late = waiting?.key === key && now - waiting.since >= options.readyTimeoutSeconds * 1000;
  if (!late) return { do: 'wait', key, text };
  const why = [...(missing > 0 && failedLaunches[0] ? [failedLaunches[0]] : launches), ...told].join('; ');
  return {
    do: 'stop',
    reason: {
      code: 'not-ready',
      text: `no new node was ready within ${options.readyTimeoutSeconds} s: ${why || 'there are too few'}`,
      ...(notYet.some(({ node, lifecycleState }) => !node && lifecycleState === 'InService') && { next: joinHint }),
      ...(notYet[0] && { about: notYet[0].node?.name ?? notYet[0].id }),
    },
  };
}

const joinHint =
  'An instance that does not join: see its role in the access entries, its subnet, its user data and its console output.';

type State = Pick<StandingInstance, 'lifecycleState' | 'healthy' | 'node'>;

function stateText({ lifecycleState, healthy, node }: State): string {
  if (lifecycleState !== 'InService')
    return `is ${lifecycleState}${lifecycleState.endsWith(':Wait') ? ', held by a lifecycle hook' : ''}`;
  if (!healthy) return 'is unhealthy to Auto Scaling';
  if (!node) return 'is in service, and no node of the cluster yet';
  const why = node.readyMessage ? ` (${node.readyMessage})` : '';
  if (node.ready !== 'True') return `is ${node.name}, not Ready${why}`;
  if (startsUp(node)) return `is ${node.name}, Ready, with a start-up taint`;
  return node.unschedulable ? `is ${node.name}, Ready, and cordoned` : `is ${node.name}, half drained`;
}
