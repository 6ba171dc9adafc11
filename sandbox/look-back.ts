import { readFile } from 'node:fs/promises';
import type { LaunchOutput } from '../shared/lifecycle/launch.ts';
import type { DrainReport } from '../shared/lifecycle/report.ts';
import type { TickOutput } from '../shared/lifecycle/tick.ts';
import type { Outcome } from './scenarios/scenario.ts';
import type { World } from './world/open-world.ts';

/** What can be seen of a world in which nothing runs any more; `startedAt` is epoch milliseconds. */
export async function lookBack(
  { aws, cluster, machine }: World,
  instanceId: string,
  startedAt: number,
): Promise<Omit<Outcome, 'seen'>> {
  const seconds = (Date.now() - startedAt) / 1000;
  const asked = (name: string) => aws.calls.filter(({ operation }) => operation === name);
  const outputs = machine.list().flatMap(({ output }) => (output ? [output as Done] : []));
  const files = outputs.flatMap(({ report }) => report ?? []);
  const reports = await Promise.all(files.map(async (file) => JSON.parse(await readFile(file, 'utf8')) as DrainReport));
  const longest = indexOfLongest(reports);
  return {
    aws,
    cluster,
    executions: machine.list().map(({ status }) => status),
    end: outputs.at(-1)?.end,
    ends: outputs.map(({ end }) => end),
    completions: asked('CompleteLifecycleAction').map(({ input }) => String(input.LifecycleActionResult)),
    heartbeats: asked('RecordLifecycleActionHeartbeat').length,
    instanceState: aws.scaling.instance(instanceId)?.lifecycleState,
    report: reports[longest],
    reportFile: files[longest],
    reports,
    seconds,
  };
}

type Done = Extract<TickOutput | LaunchOutput, { status: 'done' }> & { report?: string | null };

/** The last one of the same length. */
function indexOfLongest(reports: readonly DrainReport[]): number {
  const lengths = reports.map(({ timeline }) => timeline.length);
  return lengths.lastIndexOf(Math.max(...lengths));
}
