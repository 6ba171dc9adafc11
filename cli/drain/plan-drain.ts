import { styleText } from 'node:util';
import { createKubeInventory } from '../../shared/adapters/kube-inventory.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { planDrain } from '../../shared/manual/plan-drain.ts';
import type { MaxUnavailable } from '../../shared/manual/waves.ts';
import type { DrainPlan } from '../../shared/plan/drain-plan.ts';
import type { ConnectionOptions } from '../connect/connection-options.ts';
import { openConnection } from '../connect/open-connection.ts';
import { type Format, formatted } from '../output/formats.ts';
import { terminalWidth } from '../output/terminal-width.ts';
import type { CliPorts } from '../program.ts';
import type { RemoteOptions } from '../remote/remote-options.ts';
import type { Running } from '../run-command.ts';
import { type DrainOptions, manualOptionsOf } from './drain-options.ts';
import { explainTarget, groupsFor } from './find-targets.ts';
import { localSettings } from './local-ports.ts';
import { planText } from './plan-text.ts';
import { type TargetOptions, targetOrDefault } from './target-options.ts';

export interface PlanOptions extends ConnectionOptions, TargetOptions, DrainOptions, RemoteOptions {
  maxUnavailable: MaxUnavailable;
  output: Format;
}

/** `enl drain plan`: 0 drainable, 1 blocked, 2 cannot tell. It only reads. */
export async function actPlan(
  names: string[],
  options: PlanOptions,
  { out }: CliPorts,
  running: Running,
): Promise<number> {
  if (options.remote) return (await import('../remote/plan-remote.ts')).actPlanRemote(names, options, { out }, running);
  const { signal } = running;
  const connection = await openConnection(options, signal);
  try {
    const target = targetOrDefault(names, options, connection);
    const groups = await groupsFor(target, connection);
    const { maxUnavailable, output } = options;
    const answer = await planDrain(
      { target, options: manualOptionsOf(options), maxUnavailable, cluster: connection.name },
      {
        cluster: connection.cluster,
        inventory: createKubeInventory(connection.transport),
        clock: realClock,
        policy: localSettings(connection).policy,
        ...(groups && { groups }),
      },
      signal,
    );
    if (answer.found !== 'plan') throw explainTarget(answer, target, connection);
    const { plan } = answer;
    out(await formatted(plan, output, () => planTextHere(plan)));
    return plan.exitCode;
  } finally {
    await connection.close();
  }
}

/** For the terminal that stdout is. */
export function planTextHere(plan: DrainPlan): string {
  return planText(plan, { color: styleText('bold', '') !== '', width: terminalWidth(process.stdout) });
}
