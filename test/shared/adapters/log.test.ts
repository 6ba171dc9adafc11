import type { Context } from 'aws-lambda';
import { describe, expect, it, vi } from 'vitest';
import { createLog } from '../../../shared/adapters/log.ts';

const context = {
  awsRequestId: 'b3a8f1d2-0000-4000-8000-000000000001',
  functionName: 'intake',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:intake',
} as Context;

/** The lines that reach the streams Lambda reads, parsed. */
function captureLines() {
  const streams = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockReturnValue(true));
  return () => streams.flatMap((stream) => stream.mock.calls.map(([line]) => String(line)));
}

describe('the log of a function', () => {
  it('writes one JSON object on one line, with ids as fields and the request id', () => {
    const lines = captureLines();
    const log = createLog({ service: 'terminate', level: 'info' });
    log.begin(context);
    log.info('pod evicted', { node: 'worker-1', pod: 'web-0', text: 'two\nlines' });
    expect(lines()).toHaveLength(1);
    expect(lines()[0]).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(lines()[0] ?? '')).toMatchObject({
      level: 'INFO',
      message: 'pod evicted',
      service: 'terminate',
      function_request_id: context.awsRequestId,
      node: 'worker-1',
      pod: 'web-0',
      text: 'two\nlines',
    });
  });

  it('puts the fields of an invocation on all of its lines, and on none of the next', () => {
    const lines = captureLines();
    const log = createLog({ service: 'terminate', level: 'info' });
    log.begin(context, { instance: 'i-1', execution: 'one' });
    log.info('pod evicted', { pod: 'web-0' });
    log.info('node marked', { instance: 'i-2' });
    log.begin(context, { instance: 'i-3' });
    log.info('pod evicted');
    const read = lines().map((line) => JSON.parse(line));
    expect(read.map(({ instance, execution }) => [instance, execution])).toEqual([
      ['i-1', 'one'],
      ['i-2', 'one'],
      ['i-3', undefined],
    ]);
    expect(read[2]).toMatchObject({ function_request_id: context.awsRequestId });
  });

  it('keeps the fields of one line off the next', () => {
    const lines = captureLines();
    const log = createLog({ service: 'terminate', level: 'info' });
    log.info('pod evicted', { pod: 'web-0' });
    log.info('hook completed');
    expect(JSON.parse(lines()[1] ?? '')).not.toHaveProperty('pod');
  });

  it('writes what is as grave as its level or graver, each with its own', () => {
    const lines = captureLines();
    const log = createLog({ service: 'terminate', level: 'warn' });
    for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level](`a ${level}`);
    expect(
      lines()
        .map((line) => JSON.parse(line))
        .map(({ level, message }) => [level, message]),
    ).toEqual([
      ['WARN', 'a warn'],
      ['ERROR', 'a error'],
    ]);
  });

  it('writes an error with its cause', () => {
    const lines = captureLines();
    createLog({ service: 'intake', level: 'info' }).error('start failed', {
      error: new Error('no answer', { cause: new Error('socket closed') }),
    });
    expect(JSON.parse(lines()[0] ?? '').error).toMatchObject({
      message: 'no answer',
      cause: { message: 'socket closed' },
    });
  });

  it.each([
    ['a lifecycle action token', { action: { instanceId: 'i-1', token: 'hush' } }],
    ['a token by its AWS name', { LifecycleActionToken: 'hush' }],
    ['a header', { request: { headers: { Authorization: 'Bearer hush' } } }],
    ['credentials', { credentials: { accessKeyId: 'hush', secretAccessKey: 'hush' } }],
    ['the environment', { env: { AWS_SESSION_TOKEN: 'hush', OTHER: 'hush' } }],
    ['what an error carries', { error: Object.assign(new Error('refused'), { sessionToken: 'hush' }) }],
  ])('withholds %s', (_, fields) => {
    const lines = captureLines();
    createLog({ service: 'intake', level: 'info' }).info('event taken', fields);
    expect(lines().join()).toContain('(withheld)');
    expect(lines().join()).not.toContain('hush');
  });
});
