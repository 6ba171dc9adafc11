import type { TickLimit } from '../drain/session.ts';
import { withFields } from '../drain/with-fields.ts';
import type { LaunchEnd, LaunchInput, LaunchState, LaunchSummary } from '../lifecycle/launch.ts';
import type { HookView } from '../ports.ts';
import type { LaunchPorts, LaunchSettings } from './launch-ports.ts';

/** One tick of a launch at work. Only `state` outlives it. */
export interface LaunchSession {
  input: LaunchInput;
  settings: LaunchSettings;
  ports: LaunchPorts;
  limit: TickLimit;
  state: LaunchState;
  /** undefined until it is verified, and when nothing is held by it any more. */
  hook: HookView | undefined;
  /** Auto Scaling says that our action is no longer active. */
  hookLost: boolean;
  /** Events on their way: awaited before the tick answers, since a Lambda is frozen then. */
  courtesies: Promise<void>[];
}

/** What a stage came to when the tick ends with it. */
export type LaunchTurn = { again: number; phase: LaunchSummary['phase']; text: string } | { end: LaunchEnd };

export function openLaunch(
  input: LaunchInput,
  settings: LaunchSettings,
  ports: LaunchPorts,
  limit: TickLimit,
): LaunchSession {
  const state = input.state ? structuredClone(input.state) : firstLaunchState(ports.clock.now());
  state.ticks += 1;
  const log = withFields(ports.log, () => ({
    launch: launchId(input),
    execution: input.execution,
    instance: input.action.instanceId,
    cluster: state.clusterName ?? undefined,
    node: state.nodeName ?? undefined,
  }));
  const told = { ...ports, log };
  return { input, settings, ports: told, limit, state, hook: undefined, hookLost: false, courtesies: [] };
}

/** What log lines name a launch by. */
export function launchId({ action }: Pick<LaunchInput, 'action'>): string {
  return `${action.instanceId}-${action.token}`;
}

/** Of a launch that starts now, in epoch milliseconds. */
export function firstLaunchState(now: number): LaunchState {
  return {
    version: 1,
    startedAt: now,
    ticks: 0,
    clusterName: null,
    nodeName: null,
    heartbeatAt: null,
    answeredAt: null,
    noActionSince: null,
    otherStateLooks: 0,
    missing: null,
    progressAt: now,
  };
}
