import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createInvocation, readEvent } from './invoke.ts';

const files = readdirSync(new URL('../../../events', import.meta.url)).filter((file) => /^(sns|sqs|event)/.test(file));

/** Every value in a JSON document that can be replaced, as the object it is in and its key. */
function places(value: unknown): [object: Record<string, unknown>, key: string][] {
  if (typeof value !== 'object' || value === null) return [];
  const object = value as Record<string, unknown>;
  return Object.keys(object).flatMap((key) => [[object, key] as [typeof object, string], ...places(object[key])]);
}

async function endOf(event: unknown): Promise<string> {
  const { invoke } = createInvocation({ topicArns: [] });
  return invoke(event).then(
    () => 'answered',
    (error: Error) => (error instanceof AggregateError ? 'failed with its reasons' : String(error.stack)),
  );
}

it('answers or fails with its reasons, whatever it is invoked with', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.jsonValue(), fc.record({ Records: fc.jsonValue() })), async (event) => {
      expect(['answered', 'failed with its reasons']).toContain(await endOf(event));
    }),
  );
});

it('answers or fails with its reasons when any part of a real event is something else', async () => {
  const property = fc.asyncProperty(fc.constantFrom(...files), fc.nat(), fc.jsonValue(), async (file, nth, value) => {
    const event = readEvent(file);
    const found = places(event);
    const [object, key] = found[nth % found.length] ?? [];
    if (object && key) object[key] = value;
    expect(['answered', 'failed with its reasons']).toContain(await endOf(event));
  });
  await fc.assert(property, { numRuns: 500 });
});

it('answers or fails with its reasons when a message in an envelope is any JSON', async () => {
  const property = fc.asyncProperty(fc.jsonValue(), async (message) => {
    const awsRegion = 'us-east-1';
    const body = JSON.stringify(message);
    const wrapped = { Type: 'Notification', TopicArn: 'arn:aws:sns:us-east-1:123456789012:t', Message: body };
    const failed = { requestContext: {}, requestPayload: message };
    for (const text of [body, JSON.stringify(wrapped), JSON.stringify(failed)]) {
      const records = { Records: [{ eventSource: 'aws:sqs', messageId: '1', awsRegion, body: text }] };
      expect(await endOf(records)).toBe('answered');
    }
  });
  await fc.assert(property);
});
