import * as z from 'zod/mini';
import { brief, parse } from '../parse.ts';
import { malformed, type Reading } from '../reading.ts';
import { eventHeader } from './fields.ts';
import { hookAction, hookFields } from './hook-fields.ts';
import { testNotification } from './test-notification.ts';

const shape = z.object({ ...eventHeader, detail: hookFields });

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html */
export function readLifecycleEvent(event: Readonly<Record<string, unknown>>): Reading {
  const test = testNotification((event.detail ?? {}) as Record<string, unknown>);
  if (test) return test;
  const parsed = parse(shape, event);
  if ('problem' in parsed) return parsed.problem;
  const { detail } = parsed.data;
  const action = hookAction(detail, parsed.data);
  const detailType = String(event['detail-type']);
  if (!detailType.startsWith(`EC2 Instance-${action.kind} `)) {
    const transition = brief(detail.LifecycleTransition);
    return malformed(`detail-type: ${brief(detailType)} contradicts detail.LifecycleTransition, ${transition}`);
  }
  return { found: 'actions', actions: [action] };
}
