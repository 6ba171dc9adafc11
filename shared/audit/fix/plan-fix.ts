import { clusterContexts } from '../network/context.ts';
import type { NetworkSnapshot } from '../network/snapshot.ts';
import { networkChecks } from '../network-checks.ts';
import { isFinding } from '../result.ts';
import { remediesFor } from './remedies.ts';
import { searchChanges } from './search-changes.ts';
import { type BareResult, gone, losses, type Standing, standingOf } from './standing.ts';
import { inOrder, type TagChange, withChanges } from './tag-change.ts';
import { vpcSnapshots } from './vpc-snapshots.ts';

export interface FixPlan {
  /** By subnet and key. */
  changes: readonly TagChange[];
  /** Findings that go. */
  gone: readonly BareResult[];
  /** What NET-02 to NET-12 find and stays: no change of tags was found that ends it and makes nothing else worse. */
  left: readonly BareResult[];
}

/**
 * The fewest changes of tags that end findings so that no result of any cluster gets worse and no load balancer loses a zone. Every change
 * was audited with the checks that go by tags, and all those of a VPC together with all checks: where these say otherwise, none is made.
 */
export function planFix(snapshot: NetworkSnapshot): FixPlan {
  const plans = vpcSnapshots(snapshot).map(planIn);
  return {
    changes: inOrder(plans.flatMap(({ changes }) => changes)),
    gone: plans.flatMap((plan) => plan.gone),
    left: plans.flatMap((plan) => plan.left),
  };
}

/** Of one VPC, to whose clusters no tag of another one matters. */
function planIn(snapshot: NetworkSnapshot): FixPlan {
  const remediesOf = (changed: NetworkSnapshot) => {
    const results = [...standingOf(changed).results.values()];
    return clusterContexts(changed).flatMap((context) => remediesFor(context, results));
  };
  const changes = searchChanges(snapshot, remediesOf);
  const before = standingOf(snapshot, networkChecks);
  if (changes.length === 0) return { changes, gone: [], left: leftIn(before) };
  const after = standingOf(withChanges(snapshot, changes), networkChecks);
  if (losses(before, after).length > 0) return { changes: [], gone: [], left: leftIn(before) };
  return { changes, gone: gone(before, after), left: leftIn(after) };
}

function leftIn({ results }: Standing): BareResult[] {
  return [...results.values()].filter((each) => isFinding(each) && each.id >= 'NET-02' && each.id <= 'NET-12');
}
