import { type AuditEvent, nameOf } from './audit-event.ts';
import type { Claim } from './claim.ts';
import type { Difference, DifferenceCode } from './finding.ts';
import type { Near } from './match-claims.ts';
import { nodeChangeOf } from './node-patch.ts';

/** Of an event, in a few words: `eviction of a/web-1 by drainer (kubectl/v1.36), answered 429`. */
export function describeEvent(event: AuditEvent): string {
  return `${deed(event)} of ${nameOf(event)} by ${event.user || 'nobody known'} (${event.agent.split(' ')[0]}), answered ${event.code}`;
}

export function differenceAt(code: DifferenceCode, event: AuditEvent, text: string): Difference {
  return { code, about: nameOf(event), text, at: new Date(event.at).toISOString(), auditId: event.id };
}

/** A claim that nothing in the log shows; `other`: somebody else asked for the same. */
export function absentDifference(claim: Claim, other: AuditEvent | undefined, users: readonly string[]): Difference {
  const { about, text, from } = claim;
  if (other)
    return {
      ...differenceAt('other-actor', other, `${text}, and it was ${other.user} (${other.agent}) who asked`),
      about,
    };
  const said = `${text}: the log has no such request of ${users.join(' or ') || 'the drain'} at that time`;
  return { code: 'claimed-not-logged', about, at: new Date(from).toISOString(), text: said };
}

/** A claim that the log tells otherwise. */
export function nearDifference({ about, text, codes, from }: Claim, { event, why }: Near): Difference {
  const says = {
    'other-code': `${text} (${codes}), and the log says ${event.code}`,
    'other-time': `${text} at ${new Date(from).toISOString()}, and the log says ${new Date(event.at).toISOString()}`,
    'other-verb': `${text}, and the log says that it was ${event.subresource === 'eviction' ? 'evicted' : 'deleted'}`,
  };
  return { ...differenceAt(why, event, says[why]), about };
}

function deed(event: AuditEvent): string {
  const { resource, subresource, verb } = event;
  if (subresource === 'eviction') return 'eviction';
  if (resource !== 'nodes' || verb === 'delete') return verb;
  const change = nodeChangeOf(event);
  if (!change) return verb;
  const does = [
    ...(change.cordon === undefined ? [] : [change.cordon ? 'cordon' : 'uncordon']),
    ...(change.label === undefined ? [] : [change.label ? 'label' : 'label taken off']),
    ...change.others,
  ];
  return does.length > 0 ? `change (${does.join(', ')})` : 'change';
}
