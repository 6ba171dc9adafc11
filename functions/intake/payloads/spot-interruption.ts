import * as z from 'zod/mini';
import { parse } from '../parse.ts';
import type { Reading } from '../reading.ts';
import { eventHeader, filled, instanceId } from './fields.ts';

const shape = z.object({
  ...eventHeader,
  detail: z.object({ 'instance-id': instanceId, 'instance-action': filled }),
});

/** Two minutes' notice: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html */
export function readSpotInterruption(event: unknown): Reading {
  const parsed = parse(shape, event);
  if ('problem' in parsed) return parsed.problem;
  const { account, region, id: noticeId, detail } = parsed.data;
  const named = { instanceId: detail['instance-id'], detail: detail['instance-action'], noticeId };
  return { found: 'actions', actions: [{ version: 1, kind: 'spot-interruption', account, region, ...named }] };
}
