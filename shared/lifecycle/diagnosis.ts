import { budgetKey } from './attempt.ts';
import { budgetsOf } from './budget-match.ts';
import { type Cause, mostCauses, mostNames } from './causes.ts';
import { cutText } from './cut-text.ts';
import { inNamespace } from './kubectl.ts';
import type { BudgetView } from './node.ts';
import type { PodView } from './pod.ts';
import { pendingReplacementOf, strangersOf } from './replacements.ts';
import { refuserIn, unblockCommand } from './unblock.ts';

/** Why pods are still here: one cause of one or more of them, in a form that a report, a screen or a page can show. */
export interface Diagnosis {
  /** Stable, for machines; `other` stands for all causes beyond the fifth. */
  code: string;
  text: string;
  /** The first three, as `namespace/name`. */
  pods: readonly string[];
  /** All of them. */
  count: number;
  /** What a person can run about it, for a POSIX shell; undefined: only time helps. */
  command?: string;
}

export interface DiagnosisFacts {
  budgets: readonly BudgetView[];
  /** As `aws eks` calls it. */
  clusterName?: string;
  /** The pods of namespaces that were looked at since nothing moved. */
  neighbours: readonly PodView[];
}

interface Finding {
  pod: PodView;
  code: string;
  text: string;
  /** Findings with the same one are of one cause, however each is worded. */
  key: string;
  command: string | undefined;
}

/** The pods of one cause; the first of them speaks for it. */
interface Group {
  first: Finding;
  pods: PodView[];
}

/** What runs its course. */
const underWay: ReadonlySet<string> = new Set(['pending', 'later-tier', 'surging']);

/** By cause, those that somebody has to do something about first, then the largest: at most five, and one for the rest. */
export function diagnose(rows: readonly { pod: PodView; cause: Cause }[], facts: DiagnosisFacts): Diagnosis[] {
  const groups = new Map<string, Group>();
  for (const { pod, cause } of rows) {
    const first = findingOf(pod, cause, facts);
    const group = groups.get(first.key) ?? { first, pods: [] };
    group.pods.push(pod);
    groups.set(first.key, group);
  }
  const sorted = [...groups.values()].sort((a, b) => rankOf(a) - rankOf(b) || b.pods.length - a.pods.length);
  const rest = sorted.slice(mostCauses).flatMap(({ pods }) => pods);
  return [
    ...sorted.slice(0, mostCauses).map(diagnosisOf),
    ...(rest.length > 0 ? [{ code: 'other', text: 'other issues', pods: namesOf(rest), count: rest.length }] : []),
  ];
}

function diagnosisOf({ first: { code, text, command }, pods }: Group): Diagnosis {
  const told = { code, text: cutText(text), pods: namesOf(pods), count: pods.length };
  return command === undefined ? told : { ...told, command };
}

function rankOf({ first: { code, pod } }: Group): number {
  const runsOn = code === 'terminating' && pod.finalizers.length === 0;
  return runsOn || underWay.has(code) ? 1 : 0;
}

function namesOf(pods: readonly PodView[]): string[] {
  return pods.slice(0, mostNames).map(({ namespace, name }) => `${namespace}/${name}`);
}

function findingOf(pod: PodView, cause: Cause, facts: DiagnosisFacts): Finding {
  const { budgets, clusterName, neighbours } = facts;
  const near = neighbours.filter(({ namespace }) => namespace === pod.namespace);
  const { code } = cause;
  if (code === 'budget' || code === 'surging') {
    const pending = pendingReplacementOf(pod, budgets, near);
    if (pending) return pendingFinding(pod, cause, pending);
  }
  const strangers = code === 'budget' ? strangersOf(pod, budgets, near) : [];
  const command = unblockCommand(pod, cause, { budgets, clusterName });
  const text = strangers.length > 0 ? `${cause.text}; ${tellStrangers(strangers)}` : cause.text;
  return { pod, code, text, key: keyOf(pod, cause, budgets), command };
}

function pendingFinding(
  pod: PodView,
  cause: Cause,
  { pod: next, because }: { pod: PodView; because: string },
): Finding {
  return {
    pod,
    code: 'pending-replacement',
    text: `${next.namespace}/${next.name} is to take its place and finds no node: ${because}; meanwhile: ${cause.text}`,
    key: `pending-replacement ${because}`,
    command: inNamespace(next.namespace, 'describe', 'pod', next.name),
  };
}

function tellStrangers(strangers: readonly PodView[]): string {
  const names = strangers.slice(0, mostNames).map(({ name }) => name);
  const more = strangers.length - names.length;
  return `it selects pods of another workload that are not ready: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A budget's numbers change from answer to answer, a webhook may word each refusal anew, and a 403 names its pod. */
function keyOf(pod: PodView, { code, text }: Cause, budgets: readonly BudgetView[]): string {
  if (code.includes('budget')) {
    const names = budgetsOf(pod, budgets).map(budgetKey);
    return names.length > 0 ? `${code} ${names.join()} ${pod.ready}` : `${code} ${text}`;
  }
  const refuser = refuserIn(text);
  if (refuser) return `${code} ${JSON.stringify(refuser)}`;
  return code === 'missing-right' ? `${code} ${pod.namespace}` : `${code} ${text}`;
}
