import { untilHeartbeat } from '../drain/beat-while.ts';
import { continueAs } from '../lifecycle/continuation.ts';
import type { LaunchEnd, LaunchOutput } from '../lifecycle/launch.ts';
import { type LaunchSession, type LaunchTurn, launchId } from './launch-session.ts';

/** Tells log and metrics, and answers the state machine. */
export async function closeLaunch(session: LaunchSession, turn: LaunchTurn): Promise<LaunchOutput> {
  const { input, state, ports } = session;
  const { action } = input;
  await Promise.all(session.courtesies);
  if ('again' in turn) {
    const waitSeconds = untilHeartbeat(session, turn.again);
    const name = continueAs(input.execution, state.ticks);
    const kept = name === null ? state : { ...state, ticks: 0 };
    const summary = { phase: turn.phase, text: turn.text };
    ports.log.info('launch goes on', { launch: launchId(input), again: waitSeconds, ...summary });
    return { status: 'again', waitSeconds, action, state: kept, summary, continueAs: name };
  }
  tell(session, turn.end);
  return { status: 'done', action, end: turn.end, summary: { phase: 'done', text: turn.end.text } };
}

function tell({ ports, input, state }: LaunchSession, end: LaunchEnd): void {
  const { action, execution } = input;
  const seconds = Math.round((ports.clock.now() - state.startedAt) / 1000);
  const fields = {
    launch: launchId(input),
    execution,
    instance: action.instanceId,
    group: action.groupName,
    cluster: state.clusterName,
    node: state.nodeName,
    end,
    seconds,
    ticks: state.ticks,
  };
  ports.log[end.alarm ? 'error' : 'info']('launch ended', fields);
  const dimensions = { End: end.reason };
  ports.metrics.add('LaunchesEnded', 'Count', 1, dimensions);
  ports.metrics.add('LaunchesAlarming', 'Count', end.alarm ? 1 : 0);
  if (end.reason === 'ignored') return;
  ports.metrics.add('LaunchDuration', 'Seconds', seconds, dimensions);
  if (state.clusterName === null) return;
  const ofCluster = { Cluster: state.clusterName };
  ports.metrics.add('LaunchesAlarming', 'Count', end.alarm ? 1 : 0, ofCluster);
  ports.metrics.add('LaunchDuration', 'Seconds', seconds, ofCluster);
}
