import type { Judged } from './check.ts';
import type { ClusterContext } from './context.ts';

/** The UNKNOWN of a check whose reads are not in the snapshot, with why they are not. */
export function unread(context: ClusterContext, resource: string, ...actions: readonly string[]): Judged {
  const refused = (context.snapshot.denied ?? []).filter(({ action }) => actions.includes(action));
  const why = refused.length > 0 ? 'was refused' : 'is not in the snapshot';
  return {
    status: 'UNKNOWN',
    resource,
    text: `${actions.join(', ')} ${why}`,
    evidence: { denied: refused.map(({ action, about, message }) => ({ action, about, message })) },
    missing: actions,
  };
}
