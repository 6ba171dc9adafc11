import { failedPayload } from './envelopes/failed-invocation.ts';
import { openSnsRecord } from './envelopes/sns-record.ts';
import { openSqsRecord } from './envelopes/sqs-record.ts';
import { brief } from './parse.ts';
import { type Ignored, ignored, type Malformed, malformed } from './reading.ts';

/** A payload out of its envelopes, and what these say about where it came from. */
export interface Message {
  payload: unknown;
  /** The topic it went through; undefined when it did not, or was delivered raw. */
  topicArn: string | undefined;
  /** Of the topic or the queue; undefined for an EventBridge event, which names its own. */
  region: string | undefined;
}

/** One record that the function was invoked with. */
export interface Delivery {
  /** undefined for a record that does not say it. */
  channel: 'sns' | 'sqs' | 'eventbridge' | undefined;
  /** SQS message id, SNS message id or EventBridge event id. */
  id: string | undefined;
  content: { message: Message } | Ignored | Malformed;
}

/** What a Lambda function is invoked with by SNS, SQS or EventBridge, taken apart. */
export function openInvocation(event: unknown): Delivery[] {
  return open(event, '', openReplay);
}

type OpenQueued = (delivery: Delivery) => Delivery[];

function open(event: unknown, place: string, openQueued: OpenQueued): Delivery[] {
  if (typeof event !== 'object' || event === null || !('Records' in event)) {
    const id = (event as { id?: unknown } | null)?.id;
    const message = { payload: event, topicArn: undefined, region: undefined };
    return [{ channel: 'eventbridge', id: typeof id === 'string' ? id : undefined, content: { message } }];
  }
  const { Records: records } = event;
  if (!Array.isArray(records)) {
    const content = malformed(`${place}Records: expected an array, got ${brief(records)}`);
    return [{ channel: undefined, id: undefined, content }];
  }
  if (records.length === 0) {
    return [{ channel: 'sqs', id: undefined, content: ignored('empty-batch', 'a batch without records') }];
  }
  return records.flatMap((record, index) => openRecord(record, `${place}Records.${index}.`, openQueued));
}

function openRecord(record: unknown, place: string, openQueued: OpenQueued): Delivery[] {
  const { EventSource, eventSource } = (record ?? {}) as Record<string, unknown>;
  if (EventSource === 'aws:sns') return [openSnsRecord(record, place)];
  if (eventSource === 'aws:sqs') return openQueued(openSqsRecord(record, place));
  const given = eventSource ?? EventSource;
  const wrong = given === undefined ? ' is missing' : `: expected aws:sns or aws:sqs, got ${brief(given)}`;
  return [{ channel: undefined, id: undefined, content: malformed(`${place}eventSource${wrong}`) }];
}

/** An invocation of ours that failed before is taken apart as it was then; its parts go by the message that the queue can keep. */
function openReplay(queued: Delivery): Delivery[] {
  const failed = failedPayload(queued);
  if (!failed) return [queued];
  return open(failed.payload, 'requestPayload.', refuseNested).map(({ content }) => ({ ...queued, content }));
}

/** One envelope is opened, no matter how often a failure was put into another. */
function refuseNested(queued: Delivery): Delivery[] {
  if (!failedPayload(queued)) return [queued];
  return [{ ...queued, content: malformed('requestPayload: a failed invocation of a failed invocation') }];
}
