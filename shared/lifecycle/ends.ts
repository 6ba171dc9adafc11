import type { End } from './end.ts';
import type { DrainPolicy } from './policy.ts';

/** Nothing evictable is left; `forced` and `attached` name what did not go as it should, `kept` what nobody can help. */
export function drainedEnd(input: {
  forced: readonly string[];
  attached: readonly string[];
  kept: readonly string[];
  stuck: readonly string[];
  bounced: readonly string[];
}): End {
  const notes = [
    listed('deleted past their disruption budget or refusal', input.forced),
    listed('not waited for any longer', input.stuck),
    listed('came back after their eviction', input.bounced),
    listed('still attached or registered', input.attached),
    listed('left in load balancers with the pods that stay', input.kept),
  ].filter((note) => note !== '');
  const text = ['every evictable pod is gone', ...notes].join('; ');
  if (input.attached.length > 0) return { reason: 'drained-not-detached', completion: 'CONTINUE', text, alarm: true };
  if (input.forced.length > 0) return { reason: 'drained-forced', completion: 'CONTINUE', text, alarm: true };
  return { reason: 'drained', completion: 'CONTINUE', text, alarm: false };
}

/**
 * The deadline passed with pods left. ABANDON on terminate still terminates, but skips the other hooks, and leaks the instance under a
 * retention policy: never a default.
 */
export function deadlineEnd(left: string, forced: readonly string[], policy: Pick<DrainPolicy, 'onDeadline'>): End {
  const text = [`the deadline passed with pods left: ${left}`, listed('deleted before that', forced)]
    .filter(Boolean)
    .join('; ');
  const completion = policy.onDeadline === 'abandon' ? 'ABANDON' : policy.onDeadline === 'stop' ? null : 'CONTINUE';
  return { reason: 'deadline', completion, text, alarm: true };
}

/** A manual drain that its verdicts forbid: nothing was evicted. */
export function blockedEnd(text: string): End {
  return { reason: 'aborted', code: 'blocked', completion: null, text, alarm: false };
}

export function noNodeEnd(instanceId: string): End {
  const text = `no Node has the provider ID of ${instanceId}: it never joined, or is gone already`;
  return { reason: 'no-node', completion: 'CONTINUE', text, alarm: false };
}

export function clusterGoneEnd(cluster: string): End {
  return {
    reason: 'cluster-gone',
    completion: 'CONTINUE',
    text: `the cluster ${cluster} no longer exists`,
    alarm: false,
  };
}

export type TroubleKind = 'cluster-unreachable' | 'not-mapped' | 'mark-refused';

export function troubleEnd(kind: TroubleKind, seconds: number, lastError: string): End {
  return { reason: kind, completion: 'CONTINUE', text: `for ${Math.round(seconds)} s: ${lastError}`, alarm: true };
}

export function alreadyResolvedEnd(text: string): End {
  return { reason: 'already-resolved', completion: null, text, alarm: false };
}

export function ignoredEnd(code: string, text: string, alarm = false): End {
  return { reason: 'ignored', code, completion: null, text, alarm };
}

/** A notice that is told to whoever watches, and not acted on. */
export function warnedEnd(text: string): End {
  return { reason: 'warned', completion: null, text, alarm: true };
}

/** A notice that asks for no more than that nothing new comes to the node. */
export function cordonedEnd(nodeName: string): End {
  return { reason: 'cordoned', completion: null, text: `${nodeName} is cordoned; its pods stay`, alarm: false };
}

/** Another drain has the node, and is over no later than this notice asks for. */
export function handedOverEnd(nodeName: string, execution: string, endsAt: string): End {
  const text = `${nodeName} is being drained by ${execution}, until ${endsAt} at the latest`;
  return { reason: 'handed-over', completion: null, text, alarm: false };
}

/**
 * A stop that someone asked for. An instance in `Terminating:Wait` never returns, so its node stays cordoned, and the operator chooses
 * whether the hook is completed now or left to its timeout.
 */
export function abortedEnd(choice: 'returned' | 'complete' | 'wait' | 'no-hook'): End {
  if (choice === 'returned') {
    return {
      reason: 'aborted',
      code: 'returned',
      completion: null,
      text: 'the instance is in service again; our marks are undone',
      alarm: false,
    };
  }
  const becomes = {
    complete: 'the hook is completed',
    wait: 'the hook is left to its timeout',
    'no-hook': 'there is no hook to complete',
  };
  const text = `stopped on request, ${becomes[choice]}`;
  return { reason: 'aborted', code: choice, completion: choice === 'complete' ? 'CONTINUE' : null, text, alarm: false };
}

/** The drain is not to be, but the cluster does not let us take our marks back: a person must. */
export function marksLeftEnd(nodeName: string, lastError: string, why = 'the instance is in service again'): End {
  const text = `${why}, but ${nodeName} keeps our cordon and label: ${lastError}; kubectl uncordon ${nodeName}`;
  return { reason: 'aborted', code: 'marks-left', completion: null, text, alarm: true };
}

function listed(what: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const shown = names.slice(0, 3).join(', ');
  return `${what}: ${shown}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
}
