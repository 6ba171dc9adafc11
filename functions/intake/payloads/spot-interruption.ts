import * as z from 'zod/mini';
import { parse } from '../parse.ts';
import type { Reading } from '../reading.ts';
import { eventHeader, filled, instanceId, instant } from './fields.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html */
const noticeMilliseconds = 120_000;

const shape = z.object({
  ...eventHeader,
  time: instant,
  detail: z.object({ 'instance-id': instanceId, 'instance-action': filled }),
});

/** Two minutes' notice: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html */
export function readSpotInterruption(event: unknown): Reading {
  const parsed = parse(shape, event);
  if ('problem' in parsed) return parsed.problem;
  const { account, region, id: noticeId, time, detail } = parsed.data;
  const at = new Date(Date.parse(time) + noticeMilliseconds).toISOString();
  const named = { instanceId: detail['instance-id'], detail: detail['instance-action'], at, noticeId };
  return { found: 'actions', actions: [{ version: 1, kind: 'spot-interruption', account, region, ...named }] };
}
