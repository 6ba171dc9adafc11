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
  channel: 'sns' | 'sqs' | 'eventbridge';
  /** SQS message id, SNS message id or EventBridge event id. */
  id: string | undefined;
  content: { message: Message } | Ignored | Malformed;
}

/** What a Lambda function is invoked with by SNS, SQS or EventBridge, taken apart. */
export function openInvocation(event: unknown): Delivery[] {
  if (typeof event !== 'object' || event === null || !('Records' in event)) {
    const id = (event as { id?: unknown } | null)?.id;
    const message = { payload: event, topicArn: undefined, region: undefined };
    return [{ channel: 'eventbridge', id: typeof id === 'string' ? id : undefined, content: { message } }];
  }
  const { Records: records } = event;
  if (!Array.isArray(records)) {
    return [{ channel: 'sqs', id: undefined, content: malformed(`Records: expected an array, got ${brief(records)}`) }];
  }
  if (records.length === 0) {
    return [{ channel: 'sqs', id: undefined, content: ignored('empty-batch', 'a batch without records') }];
  }
  return records.map(openRecord);
}

function openRecord(record: unknown, index: number): Delivery {
  const place = `Records.${index}.`;
  const { EventSource, eventSource } = (record ?? {}) as Record<string, unknown>;
  if (EventSource === 'aws:sns') return openSnsRecord(record, place);
  if (eventSource === 'aws:sqs') return openSqsRecord(record, place);
  const given = brief(eventSource ?? EventSource);
  const content = malformed(`${place}eventSource: expected aws:sns or aws:sqs, got ${given}`);
  return { channel: 'sqs', id: undefined, content };
}
