import { symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FileOptions } from '../../../shared/log-files/read-log-files.ts';
import { runAllOverFiles, runOverFiles } from '../../../shared/log-files/run-over-files.ts';
import type { Stream } from '../../../shared/log-insights/query.ts';
import { auditLine, logFolder, schedulerLine, serverLine, text } from './log-folder.ts';

const verbs = 'filter @logStream like /^kube-apiserver-audit/ | fields @timestamp, verb | sort @timestamp asc';

const run = (
  names: string[],
  options: FileOptions = {},
  streams: readonly Stream[] = ['audit'],
  query = verbs,
  signal = new AbortController().signal,
) => runOverFiles({ text: query, streams }, names, options, signal);

const verbsOf = async (...asked: Parameters<typeof run>) => (await run(...asked)).rows.map(({ verb }) => verb);

const stdin = (...pieces: Uint8Array[]) => ({
  stdin: {
    bytes: (async function* () {
      yield* pieces;
    })(),
    nowMs: Date.UTC(2026, 10, 22),
  },
});

describe('a query over files', () => {
  it('says so when it has as many rows as a query gives', async () => {
    const log = auditLine('get');
    const path = logFolder({ 'audit.log': text(...Array.from({ length: 100_001 }, () => log)) })('audit.log');
    const few = await run([path], {}, ['audit'], 'fields verb | limit 100');
    expect([few.rows.length, few.partial]).toEqual([100, undefined]);
    const most = await run([path], {}, ['audit'], 'fields verb | limit 100000');
    expect([most.rows.length, most.partial?.code]).toEqual([100_000, 'row-limit']);
  });

  it('answers as CloudWatch does, with what it read', async () => {
    const log = text(auditLine('get'), auditLine('list', 2));
    const path = logFolder({ 'audit.log': log })('audit.log');
    expect(await run([path])).toEqual({
      columns: ['@timestamp', 'verb'],
      rows: [
        { '@timestamp': '2026-11-21 22:40:00.123', verb: 'get', '@ptr': `${path}:1` },
        { '@timestamp': '2026-11-21 22:40:02.123', verb: 'list', '@ptr': `${path}:2` },
      ],
      statistics: { bytesScanned: log.length, recordsScanned: 2, recordsMatched: 2 },
      ...{ broken: [], passedOver: [] },
      span: { firstMs: Date.UTC(2026, 10, 21, 22, 40, 0, 123), lastMs: Date.UTC(2026, 10, 21, 22, 40, 2, 123) },
    });
  });

  it('unpacks gzip of several members, whatever the file is called', async () => {
    const packed = Buffer.concat([gzipSync(text(auditLine('get'))), gzipSync(text(auditLine('list', 1)))]);
    const at = logFolder({ 'audit.log': packed, 'plain.gz': text(auditLine('watch', 2)) });
    expect(await verbsOf([at('audit.log'), at('plain.gz')])).toEqual(['get', 'list', 'watch']);
  });

  it('reads a file that is named twice once', async () => {
    const path = logFolder({ 'audit.log': text(auditLine('get')) })('audit.log');
    expect(await verbsOf([path, path])).toEqual(['get']);
    expect(await verbsOf([path, dirname(path)])).toEqual(['get']);
    expect(await verbsOf([dirname(path), `${dirname(path)}/./audit.log`])).toEqual(['get']);
  });

  it('finds in a directory what a link names, once', async () => {
    const at = logFolder({ 'away/audit.log': text(auditLine('get')), 'here/.keep': '' });
    symlinkSync(at('away/audit.log'), at('here/audit.log'));
    expect(await verbsOf([at('here')])).toEqual(['get']);
    expect(await verbsOf([at()])).toEqual(['get']);
  });

  it('says which files of a directory were passed over', async () => {
    const at = logFolder({
      'audit.log': text(auditLine('get')),
      'other.log': 'hello\n',
      'sched.log': text(schedulerLine),
    });
    expect((await run([at()])).passedOver).toEqual([
      expect.stringMatching(/other\.log is no log of a control plane/),
      expect.stringMatching(/sched\.log is the log of the scheduler/),
    ]);
  });

  it('asks several queries of what can be read but once', async () => {
    const texts = [verbs, 'stats count(*) as n'] as const;
    const signal = new AbortController().signal;
    const pieces = stdin(Buffer.from(text(auditLine('get'), auditLine('list', 1))));
    const [one, two] = await runAllOverFiles({ texts, streams: ['audit'] }, ['-'], pieces, signal);
    expect([one.rows.map(({ verb }) => verb), two.rows]).toEqual([['get', 'list'], [{ n: '2' }]]);
  });

  it('tells the span of all that is there when nothing of it is in the range', async () => {
    const path = logFolder({ 'a.log': text(auditLine('get'), auditLine('list', 5)) })('a.log');
    const { span, statistics } = await run([path], { range: { startSeconds: 0, endSeconds: 1 } });
    expect(statistics.recordsScanned).toBe(0);
    expect(span && span.lastMs - span.firstMs).toBe(5000);
  });

  it('reads standard input, packed too, in whatever pieces it comes', async () => {
    const packed = gzipSync(text(auditLine('get')));
    expect(await verbsOf(['-'], stdin(...Array.from(packed, (byte) => Uint8Array.of(byte))))).toEqual(['get']);
  });

  it('finds in an export of a log group the streams that the query is about', async () => {
    const at = logFolder({
      'aws-logs-write-test': 'Permission Check Successful',
      'task/kube-apiserver-audit-0a1b/000000.gz': gzipSync(`2026-11-21T22:40:05.000Z ${auditLine('get')}\n`),
      'task/kube-apiserver-audit-0a1b/000001.gz': gzipSync(`2026-11-21T22:40:06.000Z ${auditLine('list')}\n`),
      'task/kube-apiserver-0a1b/000000.gz': gzipSync(`2026-11-21T22:40:07.000Z ${serverLine}\n`),
      'task/kube-scheduler-0a1b/000000.gz': gzipSync(`2026-11-21T22:40:08.000Z ${schedulerLine}\n`),
    });
    const { rows } = await run([at()], {}, ['audit'], 'fields @timestamp, @logStream, verb | sort @timestamp asc');
    expect(rows).toMatchObject([
      { '@timestamp': '2026-11-21 22:40:05.000', '@logStream': 'kube-apiserver-audit-0a1b', verb: 'get' },
      { '@timestamp': '2026-11-21 22:40:06.000', verb: 'list' },
    ]);
    const ofServer = await run([at()], {}, ['apiserver'], 'fields @logStream, @message');
    expect(ofServer.rows).toMatchObject([{ '@logStream': 'kube-apiserver-0a1b', '@message': serverLine }]);
  });

  it('takes the events of a range, both of its seconds included', async () => {
    const path = logFolder({ 'a.log': text(...[0, 1, 2, 3].map((second) => auditLine(`v${second}`, second))) })(
      'a.log',
    );
    const startSeconds = Date.UTC(2026, 10, 21, 22, 40, 1) / 1000;
    expect(await verbsOf([path], { range: { startSeconds, endSeconds: startSeconds + 1 } })).toEqual(['v1', 'v2']);
  });

  it('counts lines that are no events, and goes on', async () => {
    const line = auditLine('get');
    const merged = `${line.slice(0, 60)}${line}`;
    const lines = text(line, line.slice(0, -3), 'panic!', '{}', '', merged, auditLine('list', 1)) + line.slice(0, 50);
    const path = logFolder({ 'a.log': lines })('a.log');
    const { rows, broken } = await run([path], {}, ['audit'], `${verbs} | filter ispresent(verb)`);
    expect(rows.map(({ verb }) => verb)).toEqual(['get', 'list']);
    expect(broken).toEqual([{ file: path, count: 5, firstLines: [2, 3, 4, 6, 8] }]);
  });

  it('says of a gzip that was cut off that it was, and takes what came before', async () => {
    const lines = Array.from({ length: 3000 }, (_, at) => auditLine(`v${at}`, at % 60));
    const packed = gzipSync(text(...lines));
    const path = logFolder({ 'a.gz': packed.subarray(0, packed.length - 100) })('a.gz');
    const { statistics, broken } = await run([path]);
    expect(broken).toMatchObject([{ file: path, cutOff: 'the gzip ends in the middle' }]);
    expect(statistics.recordsScanned).toBeGreaterThan(2500);
    expect(statistics.recordsScanned).toBeLessThan(3000);
  });

  it('takes the year of the components from the time of the file', async () => {
    const line = schedulerLine.replace('I1121', 'I1231');
    const path = logFolder({ 'kube-scheduler.log': text(line) }, '2027-01-01T00:00:05Z')('kube-scheduler.log');
    const { rows } = await run([path], {}, ['scheduler'], 'fields @timestamp');
    expect(rows).toMatchObject([{ '@timestamp': '2026-12-31 22:40:12.123' }]);
  });

  it('ends when it is told to', async () => {
    const path = logFolder({ 'a.log': text(auditLine('get')) })('a.log');
    const reason = new Error('enough');
    await expect(run([path], {}, ['audit'], verbs, AbortSignal.abort(reason))).rejects.toBe(reason);
    const late = new AbortController();
    const progress = () => late.abort(reason);
    await expect(run([path], { progress }, ['audit'], verbs, late.signal)).rejects.toBe(reason);
  });

  it('says how much it has read, as it lies there', async () => {
    const packed = gzipSync(text(auditLine('get')));
    const at = logFolder({ 'a.gz': packed, 'b.log': text(auditLine('list')) });
    const told: number[] = [];
    await run([at('a.gz'), at('b.log')], { progress: (bytes) => void told.push(bytes) });
    expect(told).toEqual([packed.length, packed.length + text(auditLine('list')).length]);
  });
});

describe('a query over files that cannot answer', () => {
  const tokens = { 'sa.key': '-----BEGIN PRIVATE KEY-----\n' };
  it.each<[string, Record<string, string | Uint8Array>, string, RegExp]>([
    ['a missing file', {}, 'audit.log', /audit\.log cannot be read: there is no such file/],
    ['an empty directory', { 'logs/.keep': '' }, 'logs', /there is no file in .*logs/],
    ['a directory without logs', { 'logs/sa.key': tokens['sa.key'] }, 'logs', /no such log in .*sa\.key is no log/],
    ['an empty file', { 'a.log': '' }, 'a.log', /a\.log is empty$/],
    ['a damaged gzip', { 'a.gz': Uint8Array.of(31, 139, 9, 9, 9) }, 'a.gz', /a\.gz is empty: the gzip is damaged/],
    ['a binary file', { 'a.bin': Uint8Array.of(127, 69, 76, 70, 0, 1) }, 'a.bin', /a\.bin is no log: it is not text/],
    ['a packed binary file', { 'a.gz': gzipSync(Uint8Array.of(1, 0)) }, 'a.gz', /a\.gz is no log: it is not text/],
    ['a file of no form that is known', tokens, 'sa.key', /sa\.key is no log of a control plane/],
    [
      'the log of another component',
      { 'a.log': 'time="2026-11-21T22:40:01Z" level=info msg="access granted"\n' },
      'a.log',
      /a\.log is the log of the authenticator, and this query is about the audit log of the API server/,
    ],
  ])('says so of %s', async (_, files, name, message) => {
    await expect(run([logFolder(files)(name)])).rejects.toThrow(message);
  });

  it('shows what a name hides', async () => {
    await expect(run(['a\u001b[2J'])).rejects.toThrow(String.raw`"a\u001b[2J" cannot be read`);
  });

  it('says that standard input is empty', async () => {
    await expect(run(['-'], stdin())).rejects.toThrow('standard input is empty');
  });
});
