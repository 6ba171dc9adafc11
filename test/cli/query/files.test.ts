import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { overFiles } from '../../../cli/query/over-files.ts';
import { controllerLine } from '../../shared/log-files/log-folder.ts';
import { refusedThenEvicted } from './audit-log.ts';
import { enl, enlProcess } from './run-enl.ts';

const folder = mkdtempSync(join(tmpdir(), 'enl-query-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const whole = fileOf('audit.log', `${refusedThenEvicted.join('\n')}\n`);
const packed = fileOf('audit.log.gz', gzipSync(readFileSync(whole)));
const broken = fileOf('broken.log', `${refusedThenEvicted[0]}\nnot json\n${refusedThenEvicted[1]}\n{"kind":"Ev`);

describe('a query of files', () => {
  it('needs no account, and says what it read', { timeout: 60_000 }, async () => {
    const { code, out, err } = await enlProcess(['run', 'Q06', '--file', whole, '-o', 'csv']);
    expect(out).toBe(
      'ns,pod,budget,need,have,who,refused,first,last\nshop,web-1,web,2,2,drainer,2,2026-03-01T08:00:00.000Z,2026-03-01T08:20:00.500Z\n',
    );
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringMatching(/^enl: read .* of .*audit\.log in .*: 3 events\n/),
    });
  });

  it('takes what is packed, and all of it unless a range is said', async () => {
    const args = ['run', 'eviction-timeline', '--file', packed, '-o', 'json'];
    const all = await enl(...args);
    expect(JSON.parse(all.out)).toMatchObject({ range: null, rows: { length: 3 } });
    const later = await enl(...args, '--start', '2026-03-01T08:20', '--end', '2026-03-01T08:20:30Z');
    expect(JSON.parse(later.out)).toMatchObject({
      range: { start: '2026-03-01T08:20:00.000Z', end: '2026-03-01T08:20:30.000Z' },
      rows: [{ '@timestamp': '2026-03-01 08:20:00.500', pod: 'web-1', code: '429' }],
    });
  });

  it('goes on after lines that are no events, tells them, and is not all there is', async () => {
    const { code, out, err } = await enl('run', 'Q06', '--file', broken, '-o', 'json');
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      rows: [{ refused: '2' }],
      broken: [{ file: broken, count: 2, firstLines: [2, 4] }],
    });
    expect(err).toMatch(/^enl: not all there is: .*broken\.log: 2 lines are no events and are left out: 2, 4$/m);
  });

  it('that finds no event in its range is no success, and says when there are some', async () => {
    const { code, out, err } = await enl('run', 'Q05', '--file', whole, '--start', '2026-02-01', '--end', '2026-02-02');
    expect(code).toBe(2);
    const why =
      /no event was read of 2026-02-01T.*audit\.log has them from 2026-03-01T08:00:00\.000Z to 2026-03-01T08:21/;
    expect(out).toMatch(why);
    expect(err).toMatch(why);
    const none = await enl('run', 'Q05', '--file', fileOf('none.json', '{"events":[]}'), '-o', 'json');
    expect({ ...none, out: JSON.parse(none.out).missing }).toMatchObject({
      ...{ code: 2, out: [expect.stringMatching(/none\.json has no event at all/)] },
    });
  });

  it('of its own text asks any log of a control plane', async () => {
    const own = fileOf('all.txt', 'fields @logStream, @message');
    const log = fileOf('kube-controller-manager.log', `${controllerLine}\n`);
    const { code, out } = await enl('run', '--query-file', own, '--file', log, '-o', 'json');
    expect({ code, rows: JSON.parse(out).rows.length }).toEqual({ code: 0, rows: 1 });
  });

  it('of standard input ends when it is told to, whatever comes or does not', async () => {
    const stdin = new Readable({ read: () => {} });
    stdin.push(refusedThenEvicted[0]);
    const taken = vi.spyOn(process, 'stdin', 'get').mockReturnValue(stdin as never);
    onTestFinished(() => taken.mockRestore());
    const stop = new AbortController();
    const running = { signal: stop.signal, onInterrupt: { first: '', second: () => '' } };
    const asked = {
      shown: { name: 'a', title: 'a', text: 'fields verb', parameters: {} },
      streams: [],
      mergeable: false,
    };
    const found = overFiles(asked, { file: ['-'] }, undefined, running);
    // What is there has been taken by then.
    await new Promise((resolve) => setImmediate(resolve));
    stop.abort(new Error('enough'));
    await expect(found).rejects.toMatchObject({ name: 'AbortError', cause: { message: 'enough' } });
  });

  it('says which files of a folder it passed over', async () => {
    const logs = join(folder, 'logs');
    mkdirSync(logs);
    writeFileSync(join(logs, 'audit.log'), readFileSync(whole));
    writeFileSync(join(logs, 'notes\u001b[2J.txt'), 'hello\n');
    const { code, err } = await enl('run', 'Q05', '--file', logs);
    expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/^enl: 1 file passed over: .*notes\\u001b/m) });
  });

  it('is written to a file that is for its owner alone', async () => {
    const page = join(folder, 'page.html');
    const written = ['-o', 'html', '--output-file', page];
    expect(await enl('run', 'Q05', '--file', whole, ...written)).toMatchObject({ code: 0, out: '' });
    expect(readFileSync(page, 'utf8')).toContain('<title>= Timeline of evictions: 3 rows</title>');
    expect(statSync(page).mode & 0o777).toBe(0o600);
    expect((await enl('run', 'Q05', '--file', whole, '--output-file', '-')).out).toContain('web-1');
  });

  it('with a text that is not understood shows where', async () => {
    const own = fileOf('own.txt', 'fields verb\n| filter\tverb ~~ "get"\n');
    const { code, out, err } = await enl('run', '--query-file', own, '--file', whole);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/^enl: .*own\.txt: line 2, column \d+: .*\n {2}\| filter verb ~~ "get"\n +\^\n$/);
  });

  it.each([
    [
      'a file that is not there',
      ['Q05', '--file', '/nowhere/a.log'],
      /\/nowhere\/a\.log cannot be read: there is no such file/,
    ],
    ['a file that is no log', ['Q05', '--file', fileOf('no.log', 'hello\nthere\n')], /no\.log/],
    [
      'a document that hides something',
      ['Q05', '--file', fileOf('hides.json', '{"events":[\u001b[31m\u009b')],
      /hides\.json is not whole, or no JSON: [^\p{Cc}]*\\u001b[^\p{Cc}]*\n$/u,
    ],
    [
      'a name behind its files',
      ['--file', whole, 'Q05'],
      /which query\?\n--file takes every name behind it: write "Q05" before it\.\n/,
    ],
    ['the log of another component', ['Q52', '--file', whole], /audit\.log/],
    [
      'a folder that is not there',
      ['Q05', '--file', whole, '--output-file', join(folder, 'no', 'x')],
      /^enl: writing .*: there is no such folder\nNothing was asked\.\n$/,
    ],
    [
      'a folder to write to',
      ['Q05', '--file', whole, '--output-file', folder],
      /^enl: writing .*: it is a folder\nNothing was asked\.\n$/,
    ],
    ['standard input as both', ['--query-file', '-', '--file', '-'], /standard input cannot be both/],
    ['files and a cluster', ['Q05', '--file', whole, '--cluster', 'c'], /cannot be used with/],
    ['a stream without a file', ['Q05', '--cluster', 'c', '--stream', 'audit'], /--stream is about --file/],
    ['the log of CloudTrail in that of a cluster', ['Q21', '--cluster', 'c'], /Pass --log-group/],
    ['no log', ['Q05'], /whose log is it\?/],
    ['a cluster that can be none', ['Q05', '--cluster', 'a"b'], /is not the name of an EKS cluster/],
    ['a log group that can be none', ['Q05', '--log-group', 'a"b'], /is not the name of a log group/],
    [
      'an end before its start',
      ['Q05', '--file', whole, '--start', '2026-02-01', '--end', '2026-01-01'],
      /is before the start/,
    ],
  ])('refuses %s with exit code 3', async (_title, args, message) => {
    const { code, out, err } = await enl('run', ...args);
    expect({ code, out, err }).toEqual({ code: 3, out: '', err: expect.stringMatching(message) });
    expect(err).not.toContain('    at ');
  });
});

describe('the catalogue', () => {
  it('is listed, a row for each query', async () => {
    const { code, out } = await enl('list', '--output', 'json');
    const rows = JSON.parse(out);
    expect({ code, rows: rows.length }).toEqual({ code: 0, rows: 44 });
    expect(rows[0]).toMatchObject({
      ...{ id: 'Q01', name: 'drain-timeline', title: 'Timeline of a node', streams: ['audit'], severity: null },
      parameters: [{ name: 'node', required: true, allows: expect.stringContaining('a Kubernetes name') }],
    });
    expect((await enl('list')).out).toMatch(/^ID +NAME +TITLE +LOG +PARAMETERS +SCHEDULED\nQ01 /);
  });

  it('shows a query with the values it is given, and the command to run it', async () => {
    const { code, out } = await enl('show', 'q06', '--namespace', 'shop');
    expect(code).toBe(0);
    expect(out).toContain('  | filter objectRef.namespace = "shop"\n');
    expect(out).toContain('  enl query run eviction-refused --cluster CLUSTER --namespace shop --since 2h\n');
    expect(out).not.toContain('{{');
    expect((await enl('show', 'drain-timeline')).out).toContain('objectRef.name = "{{node}}"');
  });

  it('gives the text alone, to be pasted, only when it is whole', async () => {
    const text = await enl('show', 'Q08', '--text', '--node', 'node-1');
    expect(text).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/^filter @logStream[\s\S]*"node-1"[\s\S]*\n$/),
    });
    expect(await enl('show', 'Q08', '--text')).toMatchObject({
      ...{ code: 3, out: '' },
      err: 'enl: node is missing\nenl query show pods-bound-to-node --text --node VALUE\n',
    });
  });
});
