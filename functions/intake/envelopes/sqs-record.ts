import * as z from 'zod/mini';
import type { Delivery } from '../deliveries.ts';
import { parse, parseJson } from '../parse.ts';
import { regionName } from '../payloads/fields.ts';
import { ignored } from '../reading.ts';
import { openNotification, topicArn } from './sns-notification.ts';

const idShape = z.object({ messageId: z.string() });
const shape = z.object({ body: z.string(), awsRegion: regionName });
const notificationShape = z.object({ TopicArn: topicArn, Message: z.string() });

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function openSqsRecord(record: unknown, place: string): Delivery {
  const named = parse(idShape, record, place);
  if ('problem' in named) return { channel: 'sqs', id: undefined, content: named.problem };
  const parsed = parse(shape, record, place);
  const content = 'problem' in parsed ? parsed.problem : openBody(parsed.data.body, parsed.data.awsRegion);
  return { channel: 'sqs', id: named.data.messageId, content };
}

/**
 * A bare message, an EventBridge event, or either in the envelope that SNS puts around it unless its subscription asks for raw
 * delivery: https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html
 */
function openBody(body: string, region: string): Delivery['content'] {
  const json = parseJson(body, 'body');
  if ('problem' in json) return json.problem;
  const envelope = (json.data ?? {}) as Record<string, unknown>;
  switch (envelope.Type) {
    case 'Notification': {
      const parsed = parse(notificationShape, envelope, 'body.');
      return 'problem' in parsed ? parsed.problem : openNotification(parsed.data, 'body.Message');
    }
    case 'SubscriptionConfirmation':
    case 'UnsubscribeConfirmation':
      return ignored('subscription-message', `SNS's own ${envelope.Type}; a person has to answer it`);
    default:
      return { message: { payload: json.data, topicArn: undefined, region } };
  }
}
