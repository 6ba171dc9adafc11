import { isHookAction, type LifecycleAction } from './action.ts';
import { isClusterName } from './name-cluster.ts';
import type { DrainPolicy } from './policy.ts';

/** What the hook's owner wrote beside it; the event's own copy comes first, since the hook may have been changed since. */
export function metadataOf(
  action: LifecycleAction,
  hook: { metadata: string | undefined } | undefined,
): string | undefined {
  return (isHookAction(action) ? action.metadata : undefined) ?? hook?.metadata;
}

export interface HookOptions {
  policy: Partial<DrainPolicy>;
  /** What cannot be used, each with its field and what is expected: the default holds for it, and for it alone. */
  problems: readonly string[];
  /** Keys beside ours that are no options: a slip, or what somebody else reads. */
  unknown: readonly string[];
}

type Read = (value: unknown) => Partial<DrainPolicy> | undefined;

/** By key: how it is read, and what is expected of it. */
const options: Readonly<Record<string, { expected: string; read: Read }>> = {
  cluster: { expected: 'the name of an EKS cluster', read: (value) => (isClusterName(value) ? {} : undefined) },
  onDeadline: {
    expected: 'one of force, continue, abandon',
    read: (value) =>
      value === 'force' || value === 'continue' || value === 'abandon' ? { onDeadline: value } : undefined,
  },
  drainTimeoutSeconds: {
    expected: 'a whole number of seconds from 1 to 172800',
    read: (value) => (isWhole(value, 1, 172_800) ? { deadlineSeconds: value } : undefined),
  },
  graceCapSeconds: {
    expected: 'a whole number of seconds from 1 to 172800',
    read: (value) => (isWhole(value, 1, 172_800) ? { graceCapSeconds: value } : undefined),
  },
  detachSeconds: {
    expected: 'a whole number of seconds from 0 to 7200',
    read: (value) => (isWhole(value, 0, 7_200) ? { detachSeconds: value } : undefined),
  },
  daemonSets: {
    expected: 'stay or evict-last',
    read: (value) => (value === 'stay' || value === 'evict-last' ? { daemonSets: value } : undefined),
  },
  surgeSingletons: {
    expected: 'true or false',
    read: (value) => (typeof value === 'boolean' ? { surgeSingletons: value } : undefined),
  },
};

/**
 * A hook's NotificationMetadata as options of its drains. It is a free string: one that is no JSON object, or names none of our options, is
 * somebody else's and says nothing. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html
 */
export function readHookOptions(
  metadata: string | undefined,
  { reserveSeconds, settleSeconds }: Pick<DrainPolicy, 'reserveSeconds' | 'settleSeconds'>,
): HookOptions {
  const given = objectIn(metadata);
  const keys = Object.keys(given);
  if (!keys.some((key) => Object.hasOwn(options, key))) return { policy: {}, problems: [], unknown: [] };
  const problems: string[] = [];
  const unknown: string[] = [];
  let policy: Partial<DrainPolicy> = {};
  for (const key of keys) {
    const option = Object.hasOwn(options, key) ? options[key] : undefined;
    const read = option?.read(given[key]);
    if (read) policy = { ...policy, ...read };
    else if (option) problems.push(`${key}: expected ${option.expected}`);
    else unknown.push(key.slice(0, 40));
  }
  const least = reserveSeconds + settleSeconds;
  if (policy.deadlineSeconds !== undefined && policy.deadlineSeconds <= least) {
    const { deadlineSeconds: _, ...others } = policy;
    return {
      policy: others,
      problems: [...problems, `drainTimeoutSeconds: expected more than ${least}, which are kept free`],
      unknown,
    };
  }
  return { policy, problems, unknown };
}

/** A JSON object, or nothing that we could read. */
export function objectIn(metadata = ''): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(metadata);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}

function isWhole(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}
