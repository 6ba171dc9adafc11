import { describe, expect, it } from 'vitest';
import { context, createInvocation, readEvent } from './invoke.ts';

describe('when an execution cannot be started', () => {
  it('gives a queue back that message and the unreadable one, and starts the other', async () => {
    const { invoke, executions, lines } = createInvocation();
    executions.refuse('i-05629ab7d9287e205');
    const answer = await invoke(readEvent('sqs-one-bad-record.json'));
    const failures = ['059f36b4-87a3-44ab-83d2-661975040002', '059f36b4-87a3-44ab-83d2-661975040003'];
    expect(answer).toEqual({ batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) });
    expect(executions.names()).toEqual(['i-040107f6ba000e5ee-b4dd0f5b-0ef2-4479-9dad-6c55f027000e']);
    expect(
      lines()
        .map(({ level, fields }) => [level, fields.outcome])
        .sort(),
    ).toEqual([
      ['error', 'failed'],
      ['error', 'malformed'],
      ['info', 'started'],
    ]);
  });

  it('fails the invocation for SNS once every other record is started, with the cause of each failure', async () => {
    const { invoke, executions } = createInvocation();
    executions.refuse('i-05629ab7d9287e205');
    const error: AggregateError = await invoke(readEvent('sns-several-records.json')).then(
      () => expect.unreachable('the invocation fails'),
      (reason) => reason,
    );
    const name = 'i-05629ab7d9287e205-465e0162-e6af-4786-b4e8-bb544ae58790';
    expect(error.message).toBe(`intake failed: no answer for ${name}`);
    expect(error.errors).toEqual([new Error(`no answer for ${name}`, { cause: new Error(`no answer for ${name}`) })]);
    expect(executions.names()).toEqual(['i-0a1b2c3d4e5f60718-7d1f7c2e-30f5-4c3c-9b1a-2f0e7a5d9c11']);
  });

  it('starts the other instances of a Health event and fails for the one', async () => {
    const stateMachines = { 'scheduled-change': 'arn' };
    const { invoke, executions } = createInvocation({ stateMachines });
    executions.refuse('i-abcd2222');
    await expect(invoke(readEvent('eventbridge-health-several-instances.json'))).rejects.toThrow(
      /^intake failed: no answer/,
    );
    expect(executions.names().map((name) => name.slice(0, 10))).toEqual(['i-abcd1111', 'i-abcd3333']);
  });

  it('aborts its calls and fails a second before the function is stopped', async () => {
    const { invoke, executions } = createInvocation();
    let aborted = false;
    executions.port.start = (_name, _arn, _input, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          aborted = true;
          reject(signal.reason);
        });
      });
    const invoked = invoke(readEvent('sns-terminate.json'), { getRemainingTimeInMillis: () => 1_010 });
    await expect(invoked).rejects.toThrow('The operation was aborted.');
    expect(aborted).toBe(true);
  });
});

describe('whose messages are believed', () => {
  const foreign = '999999999999';

  it('every topic of the function’s own account when no topic is named', async () => {
    const { invoke, executions } = createInvocation({ topicArns: [] });
    await invoke(readEvent('sns-terminate.json'));
    expect(executions.names()).toHaveLength(1);
    await invoke(readEvent('sns-other-topic.json'));
    expect(executions.names()).toHaveLength(1);
  });

  it('only the named topics when some are named, even in our own account', async () => {
    const topicArns = ['arn:aws:sns:us-east-1:123456789012:another'];
    const { invoke, executions, lines } = createInvocation({ topicArns });
    await invoke(readEvent('sns-terminate.json'));
    expect(executions.names()).toEqual([]);
    expect(lines().map(({ fields }) => fields.reason)).toEqual(['other-topic']);
  });

  it('a named topic of another account, but not what it says of another account', async () => {
    const topicArns = [`arn:aws:sns:us-east-1:${foreign}:dev-sg-dns-discovery`];
    const { invoke, executions } = createInvocation({ topicArns, account: foreign });
    await invoke(readEvent('sns-other-topic.json'));
    expect(executions.names()).toEqual([]);
  });

  it('the account that is set before that of the function', async () => {
    const { invoke, executions, lines } = createInvocation({ account: foreign });
    await invoke(readEvent('eventbridge-terminate.json'));
    await invoke(readEvent('eventbridge-other-account.json'));
    expect(executions.names()).toHaveLength(1);
    expect(lines().map(({ level, fields }) => [level, fields.outcome])).toEqual([
      ['warn', 'refused'],
      ['info', 'started'],
    ]);
  });

  it('only what is about the function’s own region, with a warning for the rest', async () => {
    const { invoke, executions, lines } = createInvocation({ topicArns: [] });
    const invokedFunctionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:intake';
    for (const file of ['eventbridge-terminate.json', 'sns-terminate.json', 'sqs-raw-terminate.json']) {
      await invoke(readEvent(file), { invokedFunctionArn });
    }
    expect(executions.names()).toEqual([]);
    const text = 'region: us-east-1 is not ours, eu-west-1';
    const warning = { level: 'warn', fields: { outcome: 'refused', reason: 'other-region', text } };
    expect(lines()).toMatchObject([warning, warning, warning]);
  });

  it('nobody when the function’s ARN does not say which region is ours', async () => {
    const { invoke, executions } = createInvocation({ account: '123456789012' });
    await expect(invoke(readEvent('sns-terminate.json'), { invokedFunctionArn: 'intake' })).rejects.toThrow(
      "no region in the function's ARN intake",
    );
    expect(executions.names()).toEqual([]);
  });

  it('nobody when neither the settings nor the function’s ARN say which account is ours', async () => {
    const { invoke, executions } = createInvocation();
    await expect(invoke(readEvent('sns-terminate.json'), { invokedFunctionArn: 'intake' })).rejects.toThrow(
      "no account in the function's ARN intake, and ENL_ACCOUNT is not set",
    );
    expect(executions.names()).toEqual([]);
  });
});

describe('the log', () => {
  const message = { Sns: { MessageId: '1', TopicArn: 'none', Message: '{}' } };

  it.each<[string, unknown, string | undefined, string]>([
    ['of SNS', { ...message, EventSource: 'aws:sns' }, 'sns', 'Records.0.Sns.TopicArn: expected the ARN of a topic'],
    ['of SQS', { eventSource: 'aws:sqs', messageId: '1' }, 'sqs', 'Records.0.body is missing'],
    ['that does not say of what', message, undefined, 'Records.0.eventSource is missing'],
    [
      'of anything else',
      { eventSource: 7 },
      undefined,
      'Records.0.eventSource: expected aws:sns or aws:sqs, got a number',
    ],
    ['that is null', null, undefined, 'Records.0.eventSource is missing'],
  ])('says of an unreadable record %s where it came from', async (_title, record, channel, text) => {
    const { invoke, lines } = createInvocation();
    // A queue gets its message back, anyone else an error; the line is the same.
    await invoke({ Records: [record] }).catch(() => {});
    expect(lines().map(({ fields }) => fields.channel)).toEqual([channel]);
    expect(lines()[0]?.fields.text).toContain(text);
  });

  it.each([
    [{ 'detail-type': 'EC2 Instance State-change Notification' }, 'source is missing'],
    [{ source: 'aws.ec2', detail: {} }, 'detail-type is missing'],
    [undefined, 'the event: neither a batch of records nor an EventBridge event'],
  ])('says what is missing of the event %j', async (event, text) => {
    await expect(createInvocation().invoke(event)).rejects.toThrow(`intake failed: ${text}`);
  });

  it('says what became of a record, where it came from and which execution works on it', async () => {
    const { invoke, lines, begun } = createInvocation();
    await invoke(readEvent('sqs-direct-terminate.json'));
    expect(begun()).toEqual([context.awsRequestId]);
    expect(lines()).toEqual([
      {
        level: 'info',
        message: 'event taken',
        fields: {
          outcome: 'started',
          channel: 'sqs',
          record: '059f36b4-87a3-44ab-83d2-661975040001',
          kind: 'terminate',
          instance: 'i-040107f6ba000e5ee',
          group: 'my-asg',
          hook: 'test-nth-asg-to-sqs',
          execution: 'i-040107f6ba000e5ee-b4dd0f5b-0ef2-4479-9dad-6c55f027000e',
        },
      },
    ]);
  });
});
