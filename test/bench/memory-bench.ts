import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from '../../infra/bundle.ts';
import { openWorld } from '../../sandbox/world/open-world.ts';
import type { HookAction } from '../../shared/lifecycle/action.ts';
import { defaultPolicy } from '../../shared/lifecycle/policy.ts';
import type { TickInput } from '../../shared/lifecycle/tick.ts';
import { fillNode, podsLeft } from './node-of-pods.ts';
import type { Bench } from './result.ts';

const pods = 250;

/**
 * The most memory that a tick takes: the terminate bundle as it is shipped, in a process of its own, drains a node of 250 pods whose objects
 * are some 5 KB each.
 */
export const bench: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'enl-memory-'));
  const hook = { heartbeatSeconds: 300, defaultResult: 'CONTINUE' as const };
  const world = await openWorld({ hook, policy: defaultPolicy, folder: join(folder, 'world') }, () => {});
  try {
    const { aws, cluster, action, terminateEnvironment } = world;
    await fillNode(cluster, action.instanceId, { pods, stopSeconds: 5 });
    aws.scaling.terminateInstance(action.instanceId, () => action.token);
    const { account, region, instanceId, groupName, hookName, token } = action;
    const hookAction: HookAction = {
      version: 1,
      kind: 'terminate',
      account,
      region,
      instanceId,
      groupName,
      hookName,
      token,
    };
    const input: TickInput = { action: hookAction, state: null, execution: `${instanceId}-${token}` };
    const { file } = bundle('functions/terminate/handler.ts', join(folder, 'bundle'));
    const { output, megabytes } = await tickInItsOwnProcess(file, input, terminateEnvironment);
    if (output !== 'drained' || podsLeft(cluster) > 0) throw new Error(`the node was not drained: ${output}`);
    const detail = `peak resident memory of one tick on ${pods} pods, Node's own included`;
    return [{ name: 'tick: memory', value: megabytes, limit: 180, unit: 'MB', detail }];
  } finally {
    await world.close();
    rmSync(folder, { recursive: true });
  }
};

async function tickInItsOwnProcess(
  file: string,
  input: TickInput,
  env: Record<string, string>,
): Promise<{ output: string; megabytes: number }> {
  const script = `
    const { handler } = await import(${JSON.stringify(file)});
    const endsAt = Date.now() + 300_000;
    const context = { awsRequestId: 'bench', functionName: 'terminate', getRemainingTimeInMillis: () => endsAt - Date.now() };
    const output = await handler(${JSON.stringify(input)}, context);
    console.error(JSON.stringify({ output: output.end?.reason ?? output.status, megabytes: process.resourceUsage().maxRSS / 1024 }));
    process.exit(0);`;
  const options = { env, timeout: 120_000, maxBuffer: 64 * 1024 * 1024 };
  const { stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], options);
  return JSON.parse(stderr.trim().split('\n').at(-1) ?? '');
}
