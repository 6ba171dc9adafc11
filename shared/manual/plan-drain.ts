import { type ManualOptions, manualPolicy } from '../lifecycle/manual-options.ts';
import { type DrainPolicy, defaultPolicy } from '../lifecycle/policy.ts';
import { buildPlan } from '../plan/build-plan.ts';
import type { DrainPlan } from '../plan/drain-plan.ts';
import type { PlanNode } from '../plan/snapshot.ts';
import type { Clock } from '../ports.ts';
import { type ResolvedTargets, resolveTargets, type TargetPorts } from './resolve-targets.ts';
import { type SnapshotPorts, takeSnapshot } from './take-snapshot.ts';
import { type ManualTarget, targetText } from './target.ts';
import { atOnce, type MaxUnavailable, wavesOf } from './waves.ts';

export interface PlanRequest {
  target: ManualTarget;
  options?: ManualOptions;
  maxUnavailable?: MaxUnavailable;
  /** The cluster's name, for the plan to say. */
  cluster?: string;
}

export interface PlanPorts extends SnapshotPorts, Pick<TargetPorts, 'groups'> {
  clock: Pick<Clock, 'now'>;
  /** What holds where the options say nothing. */
  policy?: DrainPolicy;
}

/** A plan, or why there is none: a target that means no node, or a cluster that cannot be read. */
export type PlanAnswer =
  | { found: 'plan'; plan: DrainPlan; nodes: PlanNode[] }
  | Exclude<ResolvedTargets, { found: 'nodes' }>;

/** What a drain of the target would do and meet. It reads, and changes nothing. */
export async function planDrain(request: PlanRequest, ports: PlanPorts, signal: AbortSignal): Promise<PlanAnswer> {
  const { clock, policy = defaultPolicy, inventory, groups } = ports;
  const { target, options = {}, maxUnavailable = 1, cluster } = request;
  const taken = await takeSnapshot(ports, signal);
  if (!taken.ok) return { found: 'unreadable', what: taken.what, failure: taken.failure };
  const { snapshot } = taken;
  const known = { inventory, known: snapshot.nodes, ...(groups ? { groups } : {}) };
  const resolved = await resolveTargets(target, known, signal);
  if (resolved.found !== 'nodes') return resolved;
  const waves = wavesOf(resolved.nodes.map(({ name, zone }) => ({ name, instanceId: name, zone })));
  const plan = buildPlan(
    {
      snapshot,
      waves: waves.map(({ nodes }) => nodes.map(({ name }) => name)),
      atOnce: atOnce(maxUnavailable, resolved.nodes.length),
      target: targetText(target),
      policy: manualPolicy(policy, options),
      withoutNode: resolved.withoutNode,
      ...(cluster === undefined ? {} : { cluster }),
    },
    clock.now(),
  );
  return { found: 'plan', plan, nodes: resolved.nodes };
}
