import * as z from 'zod/mini';
import { parse } from '../parse.ts';
import type { Reading } from '../reading.ts';
import { eventHeader, instanceId } from './fields.ts';

const shape = z.object({ ...eventHeader, detail: z.object({ 'instance-id': instanceId }) });

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/rebalance-recommendations.html */
export function readRebalance(event: unknown): Reading {
  const parsed = parse(shape, event);
  if ('problem' in parsed) return parsed.problem;
  const { account, region, id: noticeId, detail } = parsed.data;
  const named = { instanceId: detail['instance-id'], noticeId };
  return { found: 'actions', actions: [{ version: 1, kind: 'rebalance', account, region, ...named }] };
}
