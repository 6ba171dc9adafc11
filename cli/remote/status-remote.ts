import { showStatuses } from '../drain/show-statuses.ts';
import type { StatusOptions } from '../drain/status-drain.ts';
import type { CliPorts } from '../program.ts';
import type { Running } from '../run-command.ts';
import { remoteLookMilliseconds } from './follow-request.ts';
import { openFunction } from './open-function.ts';
import { remoteCluster, remoteTarget } from './remote-request.ts';

/** `enl drain status --remote`: of a target, of a request, or of every node that has a mark. */
export async function actStatusRemote(
  names: string[],
  options: StatusOptions,
  ports: CliPorts,
  { signal }: Running,
): Promise<number> {
  const cluster = remoteCluster(options);
  const target = remoteTarget(names, options);
  const { request: requestId } = options;
  const ask = await openFunction(options, signal);
  const look = async () => {
    const asked = { ...(target && { target }), ...(requestId !== undefined && { requestId }) };
    const { nodes, notShown, requests } = await ask<'status'>({ action: 'status', cluster, ...asked }, signal);
    return { drains: nodes, notShown, requests };
  };
  return showStatuses(look, { ...options, ...ports, lookMilliseconds: remoteLookMilliseconds }, signal);
}
