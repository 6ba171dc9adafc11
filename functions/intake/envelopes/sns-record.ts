import * as z from 'zod/mini';
import type { Delivery } from '../deliveries.ts';
import { parse } from '../parse.ts';
import { openNotification, topicArn } from './sns-notification.ts';

const shape = z.object({
  Sns: z.object({ MessageId: z.string(), TopicArn: topicArn, Message: z.string() }),
});

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export function openSnsRecord(record: unknown, place: string): Delivery {
  const parsed = parse(shape, record, place);
  if ('problem' in parsed) return { channel: 'sns', id: undefined, content: parsed.problem };
  const { Sns: notification } = parsed.data;
  return { channel: 'sns', id: notification.MessageId, content: openNotification(notification, 'Message') };
}
