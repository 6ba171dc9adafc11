import { describe, expect, it } from 'vitest';
import { createInvocation, readEvent } from './invoke.ts';

/** What Lambda writes to its on-failure queue about an invocation that failed past every retry. */
const failureOf = (requestPayload: unknown) => ({
  version: '1.0',
  timestamp: '2026-01-31T12:10:00.000Z',
  requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
  requestPayload,
  responseContext: { statusCode: 200, functionError: 'Unhandled' },
});

const queued = (...bodies: unknown[]) => ({
  Records: bodies.map((body, index) => ({
    eventSource: 'aws:sqs',
    awsRegion: 'us-east-1',
    messageId: `m${index + 1}`,
    body: JSON.stringify(body),
  })),
});

const kept = (...ids: string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

describe('a failed invocation that a queue gives to the intake again', () => {
  it.each([
    'sns-terminate.json',
    'sns-several-records.json',
    'sns-eventbridge-terminate.json',
    'eventbridge-terminate.json',
    'sqs-one-bad-record.json',
  ])('starts what %s would have started', async (file) => {
    const [first, again] = [createInvocation(), createInvocation()];
    await first.invoke(readEvent(file));
    await again.invoke(queued(failureOf(readEvent(file))));
    expect(again.executions.names()).toEqual(first.executions.names());
    expect(again.executions.names()).not.toEqual([]);
    const said = ({ lines }: typeof first) => lines().map(({ fields: { channel, record, ...rest } }) => rest);
    expect(said(again)).toEqual(said(first));
  });

  it('goes by the message of the queue, which keeps it once, however much of it fails again', async () => {
    const { invoke, executions, lines } = createInvocation();
    for (const instance of ['i-05629ab7d9287e205', 'i-0a1b2c3d4e5f60718']) executions.refuse(instance);
    const answer = await invoke(
      queued(failureOf(readEvent('sns-several-records.json')), failureOf(readEvent('eventbridge-terminate.json'))),
    );
    expect(answer).toEqual(kept('m1'));
    expect(executions.names()).toHaveLength(1);
    expect(lines().map(({ fields }) => [fields.channel, fields.record, fields.outcome])).toEqual(
      expect.arrayContaining([
        ['sqs', 'm1', 'failed'],
        ['sqs', 'm1', 'failed'],
        ['sqs', 'm1', 'ignored'],
        ['sqs', 'm2', 'started'],
      ]),
    );
  });

  it('is as unreadable as it was, and stays in the queue', async () => {
    const { invoke, lines } = createInvocation();
    const without = queued(failureOf(readEvent('malformed-missing-token.json')), failureOf({ Records: [{}] }));
    expect(await invoke(without)).toEqual(kept('m1', 'm2'));
    expect(lines().map(({ fields }) => fields.text)).toEqual([
      'LifecycleActionToken is missing',
      'requestPayload.Records.0.eventSource is missing',
    ]);
  });

  it('is opened once: another in it, at any depth, stays in the queue', async () => {
    const { invoke, executions } = createInvocation();
    const failure = failureOf(readEvent('eventbridge-terminate.json'));
    let deep: unknown = failure;
    for (let depth = 0; depth < 1_000; depth++) deep = failureOf(deep);
    expect(await invoke(queued(failureOf(failure), deep, failureOf(queued(failure))))).toEqual(kept('m1', 'm2', 'm3'));
    expect(executions.names()).toEqual([]);
  });

  it('is held to our topics, account and region as any other delivery', async () => {
    const { invoke, executions, lines } = createInvocation();
    const files = ['sns-other-topic.json', 'sns-other-account.json', 'eventbridge-other-region.json'];
    expect(await invoke(queued(...files.map((file) => failureOf(readEvent(file)))))).toEqual(kept());
    expect(lines().map(({ fields }) => fields.reason)).toEqual(['other-topic', 'other-account', 'other-region']);
    expect(executions.names()).toEqual([]);
  });

  it('is not believed out of the mouth of a stranger’s topic', async () => {
    const { invoke, executions, lines } = createInvocation();
    const Message = JSON.stringify(failureOf(readEvent('eventbridge-terminate.json')));
    const TopicArn = 'arn:aws:sns:us-east-1:999999999999:dev-sg-dns-discovery';
    await invoke(queued({ Type: 'Notification', TopicArn, Message }));
    expect(executions.names()).toEqual([]);
    expect(lines().map(({ fields }) => fields.reason)).toEqual(['other-topic']);
  });
});
