import type { HookAction } from './action.ts';
import type { LaunchEnd, LaunchPolicy } from './launch.ts';
import { describeInstance } from './launch-diagnosis.ts';
import type { Diagnosis } from './launch-facts.ts';
import { startUpTaintKey } from './launch-template.ts';
import type { NodeView } from './node.ts';
import { commandLine } from './shell-quote.ts';

export function readyEnd(nodeName: string, notes: readonly string[]): LaunchEnd {
  return { reason: 'ready', completion: 'CONTINUE', text: [`${nodeName} is ready`, ...notes].join('; '), alarm: false };
}

/** `nodeName`: the instance joined first. */
export function toWarmPoolEnd(instanceId: string, nodeName: string | undefined): LaunchEnd {
  const joined = nodeName === undefined ? 'without a Node' : `after ${nodeName} was ready`;
  return {
    reason: 'to-warm-pool',
    completion: 'CONTINUE',
    text: `${instanceId} goes to its warm pool ${joined}`,
    alarm: false,
  };
}

export function launchClusterGoneEnd(clusterName: string): LaunchEnd {
  const text = `the cluster ${clusterName} does not exist, or no longer`;
  return { reason: 'cluster-gone', completion: 'CONTINUE', text, alarm: true };
}

/** EC2 says that the instance ends: nobody has to wait for its deadline. Whoever ended it on purpose needs no alarm. */
export function instanceGoneEnd(
  { instanceId, region }: Pick<HookAction, 'instanceId' | 'region'>,
  state: string,
  stateReason: string | undefined,
): LaunchEnd {
  const text = `${instanceId} is ${state}${stateReason === undefined ? '' : ` (${stateReason})`} before it was a ready node`;
  const onPurpose = /UserInitiated|User initiated|SpotInstance/.test(stateReason ?? '');
  return {
    reason: 'instance-gone',
    code: 'instance-not-running',
    completion: 'ABANDON',
    text,
    fix: describeInstance(instanceId, region),
    alarm: !onPurpose,
  };
}

/** What the choice between ABANDON and CONTINUE follows from. Instants are epoch milliseconds. */
export interface GivingUp {
  diagnosis: Diagnosis;
  /** When the API server last answered with all that was asked of it. */
  answeredAt: number | null;
  /** What it said instead, or the deadline's own reason. */
  missing: string | null;
  abandoned: number | 'unknown';
  defaultResult: 'CONTINUE' | 'ABANDON';
  policy: Pick<LaunchPolicy, 'mostAbandoned' | 'abandonedWindowSeconds'>;
}

/** No tick and no wait between two is as long: an older answer says nothing about now. */
const recentMilliseconds = 120_000;

/** Does the API server say nothing that counts any more? */
export function isSilent(answeredAt: number | null, now: number): boolean {
  return answeredAt === null || now - answeredAt > recentMilliseconds;
}

/**
 * The deadline passed. ABANDON, so that Auto Scaling replaces the instance, unless the cluster may be to blame: one whose API server is down
 * must not cost a fleet, and a group whose every launch fails must not be replaced for ever.
 */
export function neverReadyEnd(seen: GivingUp, now: number): LaunchEnd {
  const { diagnosis, answeredAt, abandoned, policy } = seen;
  if (isSilent(answeredAt, now)) {
    return keptEnd(
      'api-silent',
      `the API server did not answer us, which is no fault of the instance: ${seen.missing}`,
      seen,
    );
  }
  const { code, text, fix } = diagnosis;
  const minutes = Math.round(policy.abandonedWindowSeconds / 60);
  if (abandoned === 'unknown') {
    return keptEnd(code, `${text}; kept, since nobody could say how many launches were abandoned before`, seen, fix);
  }
  if (abandoned >= policy.mostAbandoned) {
    return keptEnd(
      code,
      `${text}; kept, since ${abandoned} launches were abandoned within ${minutes} minutes`,
      seen,
      fix,
    );
  }
  return { reason: 'never-ready', code, completion: 'ABANDON', text, ...(fix ? { fix } : {}), alarm: true };
}

/** The instance is let through although it is not, or may not be, what it should be. */
export function keptEnd(
  code: string,
  text: string,
  { defaultResult }: Pick<GivingUp, 'defaultResult'>,
  fix?: string,
): LaunchEnd {
  const against =
    defaultResult === 'ABANDON' ? '; the hook itself would have abandoned it (DefaultResult ABANDON)' : '';
  const end = { reason: 'never-ready-kept', code, completion: 'CONTINUE', text: `${text}${against}` } as const;
  return { ...end, ...(fix ? { fix } : {}), alarm: true };
}

/** Whoever is let through with its start-up taint takes no pods: that is for a person to decide. */
export function noteTaint(end: LaunchEnd, node: NodeView | undefined): LaunchEnd {
  if (end.completion !== 'CONTINUE' || !node?.taints.some(({ key }) => key === startUpTaintKey)) return end;
  const command = commandLine('kubectl', 'taint', 'node', node.name, `${startUpTaintKey}-`);
  return { ...end, text: `${end.text}; its start-up taint stays, to let pods in: ${command}`, fix: end.fix ?? command };
}
