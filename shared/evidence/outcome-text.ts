import type { Evidence } from './evidence.ts';

/** What it came to, in one line. */
export function outcomeText({ outcome, claims, differences, doubts }: Evidence): string {
  const shown = claims.filter(({ state }) => state === 'shown').length;
  const claimed = claims.length === 1 ? '1 claim' : `${claims.length} claims`;
  const of = `${shown} of ${claimed} of the report ${shown === 1 ? 'is' : 'are'} in the log`;
  switch (outcome) {
    case 'shown':
      return `OK: ${of}, each with its answer and time, and nothing of the drain beside`;
    case 'differs':
      return `DIFFERS: ${differences.length} ${differences.length === 1 ? 'difference' : 'differences'}; ${of}`;
    case 'partial':
      return claims.length === 0
        ? `PARTIAL: ${doubts[0]?.text ?? 'not all could be judged'}`
        : `PARTIAL: ${of}, and not all could be judged`;
    case 'no-claims':
      return 'The log alone: no report was given, and the log has no drain of eks-node-lifecycle';
  }
}

const how = {
  given: 'given',
  found: 'found by who marked the node',
  'by-user-agent': 'found by the user agent alone: the log shows no mark of the drain',
  unknown: 'not known: nobody marked the node in its name',
};

/** In whose name the drain acted, and how that is known; none without a report. */
export function identityText({ identity, toleranceSeconds }: Evidence): string[] {
  if (!identity) return [];
  const users = identity.users.join(', ') || '-';
  return [`Identity: ${users} (${how[identity.how]}); clocks may differ by ${toleranceSeconds} s`];
}

/** More than anyone looks up. */
const shownStretches = 3;

/** From when to when the log has events, for a person; none: it has none. */
export function coverageText({ log }: Evidence): string[] {
  if (log.length === 0) return [];
  const shown = log.slice(0, shownStretches).map(({ from, to }) => `${from} to ${to}`);
  const more = log.length > shownStretches ? `, and ${log.length - shownStretches} stretches more` : '';
  return [`The log has events from ${shown.join(', ')}${more}`];
}
