import { type PlanOptions, planTextHere } from '../drain/plan-drain.ts';
import { formatted } from '../output/formats.ts';
import type { CliPorts } from '../program.ts';
import type { Running } from '../run-command.ts';
import { openFunction } from './open-function.ts';
import { neededTarget, remoteCluster, remoteOptionsOf } from './remote-request.ts';

/** `enl drain plan --remote`: the same plan, by the function's rights and the stack's settings. */
export async function actPlanRemote(
  names: string[],
  options: PlanOptions,
  { out }: CliPorts,
  { signal }: Running,
): Promise<number> {
  const cluster = remoteCluster(options);
  const target = neededTarget(names, options);
  const ask = await openFunction(options, signal);
  const { maxUnavailable, output } = options;
  const asked = { action: 'plan', cluster, target, maxUnavailable, ...remoteOptionsOf(options) } as const;
  const { plan } = await ask<'plan'>(asked, signal);
  out(await formatted(plan, output, () => planTextHere(plan)));
  return plan.exitCode;
}
