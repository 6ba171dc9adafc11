import { chainName } from '../lifecycle/continuation.ts';
import type { DrainReport } from '../lifecycle/report.ts';
import { type AuditEvent, succeeded } from './audit-event.ts';
import { nodeChangeOf } from './node-patch.ts';

/** In whose name a drain acts, and which of the marks on its node are its own. */
export interface Identity {
  users: string[];
  /** `found`: by who marked the node in its name. */
  how: 'given' | 'found' | 'by-user-agent' | 'unknown';
  /** As the marks on the node name the drain, over all its executions; undefined: no mark of it is in the log. */
  drain: string | undefined;
}

const ownAgent = /^eks-node-lifecycle(?:\/|$|\s)/;

/** `given`: the names that Kubernetes knows the drain's identity by. */
export function identityOf(report: DrainReport, events: readonly AuditEvent[], given: readonly string[]): Identity {
  const patches = events.filter(
    (event) => event.resource === 'nodes' && event.name === report.node && succeeded(event),
  );
  const marks = patches.flatMap((event) => {
    const mark = nodeChangeOf(event)?.mark;
    return mark ? [{ mark, user: event.user }] : [];
  });
  const drain = marks.find(({ mark }) => chainName(mark.execution) === chainName(report.execution))?.mark.drain;
  if (given.length > 0) return { users: [...given], how: 'given', drain };
  const found = marks.filter(({ mark }) => mark.drain === drain && mark.queued === undefined).map(({ user }) => user);
  if (found.length > 0) return { users: [...new Set(found)], how: 'found', drain };
  const byAgent = events.filter(({ agent, user }) => ownAgent.test(agent) && user !== '').map(({ user }) => user);
  if (byAgent.length > 0) return { users: [...new Set(byAgent)], how: 'by-user-agent', drain };
  return { users: [], how: 'unknown', drain };
}

export function isOurs({ user }: AuditEvent, { users }: Identity): boolean {
  return users.includes(user);
}
