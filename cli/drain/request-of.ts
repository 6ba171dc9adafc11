import { userInfo } from 'node:os';
import type { DrainRequest } from '../../shared/manual/drain-request.ts';
import type { MaxUnavailable } from '../../shared/manual/waves.ts';
import type { Connection } from '../connect/connection.ts';
import { type DrainOptions, manualOptionsOf } from './drain-options.ts';

/** A request of this process, with an id of its own. */
export function requestOf(
  nodes: DrainRequest['nodes'],
  options: DrainOptions & { maxUnavailable: MaxUnavailable; terminate?: true; decrement?: true },
  { name, aws }: Connection,
): DrainRequest {
  return {
    requestId: crypto.randomUUID().slice(0, 8),
    requestedBy: `${userInfo().username} with enl`,
    account: '000000000000',
    region: aws.region ?? 'local',
    cluster: name,
    nodes,
    options: manualOptionsOf(options),
    maxUnavailable: options.maxUnavailable,
    ...(options.terminate && { terminate: { decrement: options.decrement ?? false } }),
  };
}
