import type { AuditEvent } from './audit-event.ts';
import type { Claim } from './claim.ts';
import type { Difference } from './finding.ts';

/** What has to follow the other in the log's own time: removals the cordon, a forced delete the refusal that it goes past. */
export function orderDifferences(pairs: ReadonlyMap<Claim, AuditEvent>): Difference[] {
  const all = [...pairs].map(([claim, event]) => ({ claim, event }));
  const marks = all.filter(({ claim }) => claim.kind === 'marked').map(({ event }) => event.receivedAt);
  const markedAt = marks.length > 0 ? Math.min(...marks) : Number.NEGATIVE_INFINITY;
  const removals = all.filter(({ claim: { kind } }) => kind === 'evicted' || kind === 'tried' || kind === 'forced');
  const early = removals.filter(({ event }) => event.at < markedAt);
  const forced = all.filter(({ claim }) => claim.kind === 'forced');
  const unasked = forced.filter(
    ({ claim, event }) =>
      !all.some(
        ({ claim: other, event: asked }) =>
          other.kind === 'tried' && other.about === claim.about && asked.receivedAt <= event.receivedAt,
      ),
  );
  const said = (text: string) =>
    function difference({ claim, event }: (typeof all)[number]): Difference {
      return {
        code: 'out-of-order',
        about: claim.about,
        text,
        at: new Date(event.receivedAt).toISOString(),
        auditId: event.id,
      };
    };
  return [
    ...early.map(said('it was asked to go before the node was cordoned')),
    ...unasked.filter((each) => !early.includes(each)).map(said('it was deleted before any refusal of its eviction')),
  ];
}
