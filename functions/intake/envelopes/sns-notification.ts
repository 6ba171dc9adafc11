import * as z from 'zod/mini';
import type { Delivery } from '../deliveries.ts';
import { brief, parseJson } from '../parse.ts';

export const topicArn = z.string().check(
  z.regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[^:]+$/, {
    error: ({ input }) => `expected the ARN of a topic, got ${brief(input)}`,
  }),
);

/** The message of a topic; what pauses an instance and the topic are always in one region. */
export function openNotification(
  notification: { TopicArn: string; Message: string },
  field: string,
): Delivery['content'] {
  const json = parseJson(notification.Message, field);
  if ('problem' in json) return json.problem;
  const { TopicArn } = notification;
  return { message: { payload: json.data, topicArn: TopicArn, region: TopicArn.split(':')[3] } };
}
