import * as z from 'zod/mini';
import type { Message } from './deliveries.ts';
import { brief, parse } from './parse.ts';
import { readLifecycleEvent } from './payloads/lifecycle-event.ts';
import { readRebalance } from './payloads/rebalance.ts';
import { readScalingMessage } from './payloads/scaling-message.ts';
import { readScheduledChange } from './payloads/scheduled-change.ts';
import { readSpotInterruption } from './payloads/spot-interruption.ts';
import { readStateChange } from './payloads/state-change.ts';
import { ignored, malformed, type Reading } from './reading.ts';

type Payload = Readonly<Record<string, unknown>>;

const readers: Readonly<Record<string, Readonly<Record<string, (event: Payload) => Reading>>>> = {
  'aws.autoscaling': {
    'EC2 Instance-terminate Lifecycle Action': readLifecycleEvent,
    'EC2 Instance-launch Lifecycle Action': readLifecycleEvent,
  },
  'aws.ec2': {
    'EC2 Spot Instance Interruption Warning': readSpotInterruption,
    'EC2 Instance Rebalance Recommendation': readRebalance,
    'EC2 Instance State-change Notification': readStateChange,
  },
  'aws.health': { 'AWS Health Event': readScheduledChange },
};

/** A payload that is out of its envelopes, as actions. */
export function readMessage({ payload, region }: Message): Reading {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) {
    return malformed(`the message: expected an object, got ${brief(payload)}`);
  }
  const fields = payload as Payload;
  if (isEvent(fields)) return readEvent(fields);
  return region === undefined
    ? malformed('the event: neither a batch of records nor an EventBridge event')
    : readScalingMessage(fields, region);
}

const header = z.object({ source: z.string(), 'detail-type': z.string() });
const isEvent = (fields: Payload) => 'detail-type' in fields || ('source' in fields && 'detail' in fields);

function readEvent(event: Payload): Reading {
  const parsed = parse(header, event);
  if ('problem' in parsed) return parsed.problem;
  const { source, 'detail-type': detailType } = parsed.data;
  const family = Object.hasOwn(readers, source) ? readers[source] : undefined;
  if (!family) return ignored('unknown-source', `no event of ${brief(source)} is ours`);
  const read = Object.hasOwn(family, detailType) ? family[detailType] : undefined;
  if (!read) return ignored('unknown-detail-type', `${brief(detailType)} of ${source} is not ours`);
  return read(event);
}
