import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FileOptions } from '../../../shared/log-files/read-log-files.ts';
import { runOverFiles } from '../../../shared/log-files/run-over-files.ts';
import { findQuery } from '../../../shared/log-insights/catalogue.ts';
import { auditLine, controllerLine, logFolder, schedulerLine, serverLine, text } from './log-folder.ts';

const samples = join(import.meta.dirname, 'samples');
const { signal } = new AbortController();

function ask(id: string, files: string[], options: FileOptions = {}) {
  const query = findQuery(id);
  if (!query) throw new Error(`there is no ${id}`);
  return runOverFiles({ text: query.template, streams: query.streams }, files, options, signal);
}

describe('the log of', () => {
  it('the authenticator tells who was turned away', async () => {
    const { rows, broken } = await ask('Q30', [join(samples, 'authenticator.log')]);
    expect(rows).toMatchObject([
      { arn: 'arn:aws:iam::111122223333:role/new-nodes', n: '2', last: String(Date.UTC(2026, 10, 21, 22, 42, 12)) },
      { n: '1', sample: expect.stringContaining('k8s-aws-v1.') },
    ]);
    expect(broken).toEqual([]);
  });

  const events = readFileSync(join(samples, 'cloudtrail.json'), 'utf8');
  const records = (JSON.parse(events) as { Records: unknown[] }).Records;
  it.each<[string, string | Uint8Array]>([
    ['as it puts it into a bucket', gzipSync(events)],
    ['an event a line', text(...records.map((record) => JSON.stringify(record)))],
    ['indented', JSON.stringify({ Records: records }, null, 2)],
  ])('CloudTrail, %s, tells who was let in', async (_, content) => {
    const { rows } = await ask('Q21', [logFolder({ 'events.json': content })('events.json')]);
    expect(rows).toMatchObject([
      { '@timestamp': '2026-11-21 22:41:05.000', eventName: 'AssociateAccessPolicy', cluster: 'prod' },
      { '@timestamp': '2026-11-21 22:41:00.000', eventName: 'CreateAccessEntry' },
    ]);
  });

  it('CloudTrail that was cut off tells what came before', async () => {
    const path = logFolder({ 'events.json': events.slice(0, -200) })('events.json');
    const { rows, broken } = await ask('Q21', [path]);
    expect(rows).toMatchObject([{ eventName: 'CreateAccessEntry' }]);
    expect(broken).toEqual([{ file: path, count: 0, firstLines: [], cutOff: 'it ends in the middle' }]);
  });

  it.each([
    ['Q52', 'kube-scheduler.log', schedulerLine, { pod: 'shop/web-1' }],
    ['Q52', 'unnamed.txt', schedulerLine, { pod: 'shop/web-1' }],
    ['Q40', 'kube-apiserver.log', serverLine, { webhook: 'check.example.com', m: 'open' }],
    ['Q40', 'unnamed.txt', serverLine, { webhook: 'check.example.com', m: 'open' }],
  ])('%s is found in %s', async (id, name, line, row) => {
    expect((await ask(id, [logFolder({ [name]: text(line) })(name)])).rows).toMatchObject([row]);
  });

  it('components as CloudWatch exports it keeps the lines that others belong to', async () => {
    const at = logFolder({
      'kube-apiserver-1f/000000': `2026-11-21T22:40:13.501Z ${serverLine}\nTrace[1]: ---"a step" 5ms\n???\n`,
    });
    const query = { text: 'fields @timestamp, @message | sort @timestamp asc', streams: ['apiserver' as const] };
    const { rows, broken } = await runOverFiles(query, [at()], {}, signal);
    expect(rows.map((row) => row['@timestamp'])).toEqual(['2026-11-21 22:40:13.501', '2026-11-21 22:40:13.501']);
    expect(broken).toMatchObject([{ count: 1, firstLines: [3] }]);
  });

  it.each([
    [
      'Q52',
      text(controllerLine),
      /the log of the controller manager, and this query is about the log of the scheduler/,
    ],
    ['Q52', text(serverLine), /is the log of the API server, and/],
    ['Q40', text(auditLine('get')), /is the audit log of the API server, and this query is about the log of the API/],
    [
      'Q40',
      'I1121 22:40:12.123456   25355 server.go:178] "Golang settings"\n',
      /which component wrote .* cannot be told/,
    ],
  ])('another component is refused by %s (%#)', async (id, content, message) => {
    await expect(ask(id, [logFolder({ 'a.log': content })('a.log')])).rejects.toThrow(message);
  });

  it('a component that cannot be told from its lines is whose it is said to be', async () => {
    const path = logFolder({ 'a.log': text('I1121 22:40:12.123456   25355 server.go:178] "Golang settings"') })(
      'a.log',
    );
    expect((await ask('Q52', [path], { stream: 'scheduler' })).statistics.recordsScanned).toBe(1);
    await expect(ask('Q05', [path], { stream: 'audit' })).rejects.toThrow(/a\.log is a component's log, not the audit/);
  });
});

describe('what the AWS CLI prints', () => {
  const event = (logStreamName: string, message: string) => ({ logStreamName, timestamp: 1_795_300_000_000, message });
  const verbs = { text: 'fields @timestamp, @logStream, verb', streams: ['audit' as const] };
  const askFile = (content: unknown) =>
    runOverFiles(verbs, [logFolder({ 'a.json': JSON.stringify(content, null, 4) })('a.json')], {}, signal);

  it('for filter-log-events is a log of several streams', async () => {
    const printed = {
      events: [event('kube-apiserver-audit-0a', auditLine('get')), event('authenticator-0a', 'time="x"')],
    };
    const row = { '@timestamp': '2026-11-21 22:26:40.000', '@logStream': 'kube-apiserver-audit-0a', verb: 'get' };
    expect((await askFile(printed)).rows).toMatchObject([row]);
    await expect(askFile({ events: printed.events.slice(1) })).rejects.toThrow(/is the log of the authenticator/);
  });

  it('for get-query-results is a log if it has the messages', async () => {
    const cells = (fields: Record<string, string>) =>
      Object.entries(fields).map(([field, value]) => ({ field, value }));
    const results = [cells({ '@timestamp': '2026-11-21 22:40:12.123', '@message': auditLine('get') })];
    expect((await askFile({ results })).rows).toMatchObject([{ '@timestamp': '2026-11-21 22:40:12.123', verb: 'get' }]);
    await expect(askFile({ results: [cells({ verb: 'get' })] })).rejects.toThrow(/did not ask for @message/);
  });

  it.each<[object, string]>([
    [{ nextToken: 't' }, 'there is more of it behind its nextToken'],
    [{ NextToken: 't' }, 'there is more of it behind its nextToken'],
    [{ status: 'Running' }, 'its query is Running, not Complete'],
    [{ status: 'Timeout', nextToken: 't' }, 'its query is Timeout, not Complete'],
  ])('is not whole with %j', async (more, cutOff) => {
    const { broken } = await askFile({ events: [event('kube-apiserver-audit-0a', auditLine('get'))], ...more });
    expect(broken).toMatchObject([{ count: 0, cutOff }]);
  });

  it('is whole with the status of a query that is complete', async () => {
    const events = [event('kube-apiserver-audit-0a', auditLine('get'))];
    expect((await askFile({ events, status: 'Complete', nextToken: null })).broken).toEqual([]);
  });

  it.each<[unknown, RegExp]>([
    [{ events: 7 }, /is JSON, but no log/],
    [{ items: [] }, /is JSON, but no log/],
  ])('is no log when it is %j', async (content, message) => {
    await expect(askFile(content)).rejects.toThrow(message);
  });
});
