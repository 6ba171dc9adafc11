import type * as z from 'zod/mini';
import type { ManualOptions } from '../../shared/lifecycle/manual-options.ts';
import { parseSelector } from '../../shared/lifecycle/parse-selector.ts';
import type { DrainPolicy } from '../../shared/lifecycle/policy.ts';
import type { ManualTarget } from '../../shared/manual/target.ts';
import {
  type ManualRequest,
  type ManualTargetInput,
  manualRequest,
  mostTimeoutSeconds,
  optionNames,
} from '../../shared/settings/manual-request.ts';

export interface RequestProblem {
  /** As `podSelector.matchExpressions.0.key`; empty: the request itself. */
  path: string;
  message: string;
}

/** What somebody asks for, or everything that is wrong with it. */
export function readRequest(event: unknown): { request: ManualRequest } | { problems: RequestProblem[] } {
  const read = manualRequest.safeParse(event, { error: plainly });
  if (read.success) return { request: read.data };
  return { problems: read.error.issues.flatMap(problemsOf) };
}

/** For what has no message of its own. */
function plainly({ code, input, expected, options, values }: z.core.$ZodRawIssue): string | undefined {
  if (code === 'invalid_union' && Array.isArray(options)) return `expected one of ${options.join(', ')}`;
  if (code === 'invalid_value' && Array.isArray(values)) return `expected one of ${values.join(', ')}`;
  if (code !== 'invalid_type') return undefined;
  if (input === undefined) return 'is missing';
  return `expected ${names[String(expected)] ?? `a ${expected}`}`;
}

const names: Readonly<Record<string, string>> = { object: 'an object', array: 'a list', record: 'an object' };

function problemsOf(issue: z.core.$ZodIssue): RequestProblem[] {
  const pathOf = (path: readonly PropertyKey[]) => path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return [{ path: pathOf(issue.path), message: issue.message }];
  return issue.keys.map((key) => ({ path: pathOf([...issue.path, key]), message: 'is not known' }));
}

/** What is asked of each drain; each has an end that its execution can see. */
export function askedOptions(request: ManualRequest, policy: Pick<DrainPolicy, 'deadlineSeconds'>): ManualOptions {
  const given = Object.entries(request).filter(([name]) => (optionNames as readonly string[]).includes(name));
  const { podSelector, ...options } = Object.fromEntries(given) as Omit<ManualOptions, 'podSelector'> & {
    podSelector?: string;
  };
  const read = podSelector === undefined ? undefined : parseSelector(podSelector);
  return {
    timeoutSeconds: Math.min(policy.deadlineSeconds, mostTimeoutSeconds),
    ...options,
    ...(read && 'selector' in read ? { podSelector: read.selector } : {}),
  };
}

/** What was read names one way, and JSON has no undefined. */
export function targetOf(target: ManualTargetInput): ManualTarget {
  return target as ManualTarget;
}
