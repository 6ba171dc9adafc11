export interface SandboxHook {
  name: string;
  heartbeatSeconds: number;
  defaultResult: 'CONTINUE' | 'ABANDON';
  notificationTargetArn?: string;
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

export interface SandboxInstance {
  id: string;
  groupName: string;
  /** Undefined while it is in service. */
  terminating?: { startedAt: number; actions: SandboxAction[] };
}

export interface InstanceState {
  /** Undefined: Auto Scaling has forgotten it. */
  lifecycleState: 'InService' | 'Terminating:Wait' | 'Terminating:Proceed' | 'Terminated' | undefined;
  ec2State: 'running' | 'shutting-down' | 'terminated';
}

const shutdownMs = 30_000;
const forgetMs = 60_000;

/** min(48 h, 100 heartbeats): https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LifecycleHook.html */
export function globalTimeoutSeconds(hook: SandboxHook): number {
  return Math.min(48 * 3600, 100 * hook.heartbeatSeconds);
}

/** All states follow from what was done to the instance and the time, so that nothing has to run in the background. */
export function stateAt(instance: SandboxInstance, now: number): InstanceState {
  const proceedAt = proceedsAt(instance, now);
  if (!instance.terminating) return { lifecycleState: 'InService', ec2State: 'running' };
  if (proceedAt === undefined) return { lifecycleState: 'Terminating:Wait', ec2State: 'running' };
  if (now < proceedAt + shutdownMs) return { lifecycleState: 'Terminating:Proceed', ec2State: 'shutting-down' };
  const forgotten = now >= proceedAt + shutdownMs + forgetMs;
  return { lifecycleState: forgotten ? undefined : 'Terminated', ec2State: 'terminated' };
}

/** The actions that can still be completed. */
export function activeActions(instance: SandboxInstance, now: number): SandboxAction[] {
  if (proceedsAt(instance, now) !== undefined) return [];
  return instance.terminating?.actions.filter((action) => !resolutionAt(action, now)) ?? [];
}

/**
 * An instance proceeds when all of its actions are resolved, or as soon as one is resolved with ABANDON, which cancels the others:
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html
 */
function proceedsAt({ terminating }: SandboxInstance, now: number): number | undefined {
  if (!terminating) return undefined;
  const resolutions = terminating.actions.map((action) => resolutionAt(action, now));
  const abandonedAt = resolutions.flatMap((resolution) => (resolution?.result === 'ABANDON' ? [resolution.at] : []));
  if (abandonedAt.length > 0) return Math.min(...abandonedAt);
  if (resolutions.includes(undefined)) return undefined;
  return Math.max(terminating.startedAt, ...resolutions.map((resolution) => resolution?.at ?? 0));
}

/** A hook that nobody completes ends with its default result, at its heartbeat's or its global timeout, whichever is first. */
function resolutionAt(action: SandboxAction, now: number): SandboxAction['completed'] {
  const { hook, startedAt, heartbeatAt, completed } = action;
  if (completed) return completed;
  const at = Math.min(heartbeatAt + hook.heartbeatSeconds * 1000, startedAt + globalTimeoutSeconds(hook) * 1000);
  return now >= at ? { result: hook.defaultResult, at } : undefined;
}
