import type { Delivery } from '../deliveries.ts';

/**
 * What a function was invoked with, out of the record that Lambda puts into its on-failure queue; undefined for any other message,
 * also for one that came through a topic, whose sender is still to be checked.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function failedPayload({ content }: Delivery): { payload: unknown } | undefined {
  if (!('message' in content) || content.message.topicArn !== undefined) return undefined;
  const { payload } = content.message;
  return isFailedInvocation(payload) ? { payload: payload.requestPayload } : undefined;
}

function isFailedInvocation(value: unknown): value is { requestPayload: unknown } {
  return typeof value === 'object' && value !== null && 'requestContext' in value && 'requestPayload' in value;
}
