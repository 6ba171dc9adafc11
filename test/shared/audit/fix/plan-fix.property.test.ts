import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditNetwork } from '../../../../shared/audit/audit-network.ts';
import { planFix } from '../../../../shared/audit/fix/plan-fix.ts';
import { losses, standingOf } from '../../../../shared/audit/fix/standing.ts';
import { takenBack, withChanges } from '../../../../shared/audit/fix/tag-change.ts';
import type { NetworkSnapshot } from '../../../../shared/audit/network/snapshot.ts';
import { networkChecks } from '../../../../shared/audit/network-checks.ts';
import { isFinding } from '../../../../shared/audit/result.ts';
import { anyNetwork } from './two-clusters.ts';

const rank = { PASS: 0, NOT_APPLICABLE: 0, UNKNOWN: 1, WARN: 2, FAIL: 3 } as const;

/** All that the audit says, by what it is about. */
function said(snapshot: NetworkSnapshot) {
  const { results } = auditNetwork(snapshot, { sha256: (text) => text });
  return new Map(results.map((result) => [result.fingerprint, result]));
}

function isHarmless(snapshot: NetworkSnapshot, after: NetworkSnapshot): boolean {
  const before = said(snapshot);
  return [...said(after)].every(([print, now]) => rank[now.status] <= rank[before.get(print)?.status ?? 'PASS']);
}

const tagsOf = ({ Subnets = [] }: NetworkSnapshot) =>
  Subnets.map(({ SubnetId, Tags = [] }) => [SubnetId, Tags.map(({ Key, Value }) => `${Key}=${Value}`).sort()]);
const options = { numRuns: 15 };

describe('a fix', () => {
  test('ends what it says, and no check says anything worse of any cluster', () => {
    let fixed = 0;
    fc.assert(
      fc.property(anyNetwork, (snapshot) => {
        const { changes, gone } = planFix(snapshot);
        const after = said(withChanges(snapshot, changes));
        fixed += changes.length;
        expect(gone.length > 0).toBe(changes.length > 0);
        for (const { fingerprint } of gone) {
          const now = after.get(fingerprint);
          expect(now !== undefined && (isFinding(now) || now.status === 'UNKNOWN')).toBe(false);
        }
        expect(isHarmless(snapshot, withChanges(snapshot, changes))).toBe(true);
      }),
      options,
    );
    expect(fixed).toBeGreaterThan(3);
    expect(networkChecks).toHaveLength(30);
  });

  test('has no change that it could do without', () => {
    fc.assert(
      fc.property(anyNetwork, (snapshot) => {
        const { changes, gone } = planFix(snapshot);
        for (const change of changes) {
          const fewer = withChanges(
            snapshot,
            changes.filter((each) => each !== change),
          );
          const now = said(fewer);
          const still = gone.some(({ fingerprint }) => {
            const result = now.get(fingerprint);
            return result !== undefined && (isFinding(result) || result.status === 'UNKNOWN');
          });
          const zones = losses(standingOf(snapshot), standingOf(fewer)).length > 0;
          expect(still || zones || !isHarmless(snapshot, fewer)).toBe(true);
        }
      }),
      options,
    );
  });

  test('is empty once it is made, the same for subnets in any order, and taken back to the tag', () => {
    fc.assert(
      fc.property(anyNetwork, (snapshot) => {
        const { changes } = planFix(snapshot);
        const fixed = withChanges(snapshot, changes);
        expect(planFix(fixed).changes).toEqual([]);
        const turned = { ...snapshot, Subnets: (snapshot.Subnets ?? []).toReversed() };
        expect(planFix(turned).changes).toEqual(changes);
        expect(tagsOf(withChanges(fixed, changes.map(takenBack)))).toEqual(tagsOf(snapshot));
      }),
      options,
    );
  });
});
