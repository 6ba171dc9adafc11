import * as z from 'zod/mini';
import { parse } from '../parse.ts';
import { ignored, type Reading } from '../reading.ts';
import { eventHeader, instanceId, instant } from './fields.ts';

const state = z.enum(['pending', 'running', 'stopping', 'stopped', 'shutting-down', 'terminated']);
const shape = z.object({ ...eventHeader, time: instant, detail: z.object({ 'instance-id': instanceId, state }) });

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instance-state-changes.html */
export function readStateChange(event: unknown): Reading {
  const parsed = parse(shape, event);
  if ('problem' in parsed) return parsed.problem;
  const { account, region, id: noticeId, time, detail } = parsed.data;
  switch (detail.state) {
    case 'pending':
    case 'running':
      return ignored('instance-stays', `${detail['instance-id']} is ${detail.state}, it is not going away`);
    case 'stopped':
    case 'terminated':
      return ignored('instance-gone', `${detail['instance-id']} is ${detail.state}, there is nothing left to drain`);
    default: {
      const named = {
        instanceId: detail['instance-id'],
        detail: detail.state,
        at: new Date(time).toISOString(),
        noticeId,
      };
      return { found: 'actions', actions: [{ version: 1, kind: 'state-change', account, region, ...named }] };
    }
  }
}
