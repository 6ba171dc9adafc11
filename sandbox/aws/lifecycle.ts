import type { Place } from '../../shared/lifecycle/action.ts';
import type { SandboxSource } from './launch-source.ts';

export interface SandboxHook {
  name: string;
  /** Default `terminate`, of which a return to a warm pool is one. */
  transition?: 'launch' | 'terminate';
  heartbeatSeconds: number;
  defaultResult: 'CONTINUE' | 'ABANDON';
  notificationTargetArn?: string;
  /** As whom Auto Scaling publishes there. */
  roleArn?: string;
  metadata?: string;
}

/** One pause of an instance by a hook. Instants are epoch milliseconds. */
export interface SandboxAction {
  hook: SandboxHook;
  token: string;
  startedAt: number;
  heartbeatAt: number;
  completed?: { result: 'CONTINUE' | 'ABANDON'; at: number };
}

/** The way of an instance from one place to another. */
export interface SandboxMove {
  kind: 'launch' | 'terminate';
  origin: Place;
  destination: Place;
  startedAt: number;
  actions: SandboxAction[];
}

export interface SandboxInstance {
  id: string;
  groupName: string;
  /** Epoch milliseconds; undefined: before everything else. */
  launchedAt?: number;
  from?: SandboxSource;
  zone?: string;
  type?: string;
  protectedFromScaleIn?: boolean;
  /** The last one, over or not; undefined while it has been in service all the time. */
  move?: SandboxMove;
  lost?: SandboxLoss;
}

/** EC2 takes an instance back, or somebody stops or terminates it, past Auto Scaling and its hooks. */
export interface SandboxLoss {
  to: 'stopped' | 'terminated';
  /** Epoch milliseconds. */
  at: number;
}

export interface InstanceState {
  /** As Auto Scaling writes it; undefined: it has forgotten the instance. */
  lifecycleState: string | undefined;
  ec2State: 'running' | 'stopping' | 'stopped' | 'shutting-down' | 'terminated';
}

/** How a move was resolved, and when. */
export interface Resolution {
  result: 'CONTINUE' | 'ABANDON';
  at: number;
  timedOut: boolean;
}

const shutdownMs = 30_000;
/** Nobody waits for services to stop. */
const lossMs = 5_000;
const forgetMs = 60_000;
/** From the last completion until the instance is where it was going. */
const proceedMs = 1_000;

/** min(48 h, 100 heartbeats): https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LifecycleHook.html */
export function globalTimeoutSeconds(hook: SandboxHook): number {
  return Math.min(48 * 3600, 100 * hook.heartbeatSeconds);
}

/**
 * All states follow from what was done to the instance and the time, so that nothing has to run in the background.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/warm-pool-instance-lifecycle.html
 */
export function stateAt({ move, lost }: SandboxInstance, now: number): InstanceState {
  const state = plannedStateAt(move, now);
  if (!lost || state.ec2State === 'terminated') return state;
  const over = now >= lost.at + lossMs;
  return { ...state, ec2State: over ? lost.to : lost.to === 'stopped' ? 'stopping' : 'shutting-down' };
}

/** Without a loss. */
function plannedStateAt(move: SandboxMove | undefined, now: number): InstanceState {
  if (!move) return { lifecycleState: 'InService', ec2State: 'running' };
  const { kind, destination } = move;
  const resolution = resolutionOf(move, now);
  if (!resolution) return { lifecycleState: `${prefixOf(move)}:Wait`, ec2State: asleep(move) ? 'stopped' : 'running' };
  const { result, at } = resolution;
  const leaves = destination === 'EC2' || (result === 'ABANDON' && (kind === 'launch' || destination === 'WarmPool'));
  if (leaves) return leavingSince(at, destination === 'WarmPool' || asleep(move), now);
  const arrived = now >= at + proceedMs;
  if (!arrived) {
    return {
      lifecycleState: `${prefixOf(move)}:Proceed`,
      ec2State: destination === 'WarmPool' ? 'stopping' : 'running',
    };
  }
  if (destination === 'WarmPool') return { lifecycleState: 'Warmed:Stopped', ec2State: 'stopped' };
  return { lifecycleState: 'InService', ec2State: 'running' };
}

/** The actions that can still be completed. */
export function activeActions({ move }: SandboxInstance, now: number): SandboxAction[] {
  if (!move || resolutionOf(move, now)) return [];
  return move.actions.filter((action) => !resolvedAction(action, now));
}

/**
 * An instance proceeds when all of its actions are resolved, or as soon as one is resolved with ABANDON, which cancels the others:
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html
 */
export function resolutionOf({ startedAt, actions }: SandboxMove, now: number): Resolution | undefined {
  const resolutions = actions.map((action) => resolvedAction(action, now));
  const abandoned = resolutions.filter((resolution) => resolution?.result === 'ABANDON').sort(byTime);
  if (abandoned[0]) return abandoned[0];
  if (resolutions.includes(undefined)) return undefined;
  return resolutions.sort(byTime).at(-1) ?? { result: 'CONTINUE', at: startedAt, timedOut: false };
}

/** A hook that nobody completes ends with its default result, at its heartbeat's or its global timeout, whichever is first. */
function resolvedAction(action: SandboxAction, now: number): Resolution | undefined {
  const { hook, startedAt, heartbeatAt, completed } = action;
  if (completed) return { ...completed, timedOut: false };
  const at = Math.min(heartbeatAt + hook.heartbeatSeconds * 1000, startedAt + globalTimeoutSeconds(hook) * 1000);
  return now >= at ? { result: hook.defaultResult, at, timedOut: true } : undefined;
}

const byTime = (a: Resolution | undefined, b: Resolution | undefined) => (a?.at ?? 0) - (b?.at ?? 0);

/** An instance on its way out of a warm pool is not started for that. */
const asleep = ({ origin, destination }: SandboxMove) => origin === 'WarmPool' && destination === 'EC2';

function prefixOf(move: SandboxMove): string {
  if (move.destination === 'WarmPool') return 'Warmed:Pending';
  if (move.destination === 'AutoScalingGroup') return 'Pending';
  return asleep(move) ? 'Warmed:Terminating' : 'Terminating';
}

function leavingSince(at: number, warm: boolean, now: number): InstanceState {
  const prefix = warm ? 'Warmed:' : '';
  if (now < at + shutdownMs) return { lifecycleState: `${prefix}Terminating:Proceed`, ec2State: 'shutting-down' };
  const forgotten = now >= at + shutdownMs + forgetMs;
  return { lifecycleState: forgotten ? undefined : `${prefix}Terminated`, ec2State: 'terminated' };
}
