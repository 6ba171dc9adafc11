import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, onTestFinished, vi } from 'vitest';
import { evidenceText } from '../../../cli/evidence/evidence-text.ts';
import { createProgram } from '../../../cli/program.ts';
import { createAwsSandbox } from '../../../sandbox/aws/aws-sandbox.ts';
import { serveAws } from '../../../sandbox/aws/serve-aws.ts';
import { realClock } from '../../../shared/adapters/real-clock.ts';
import { at, evict, evidence, line, log, node, patch, report } from '../../shared/evidence/a-drain.ts';

const folder = mkdtempSync(join(tmpdir(), 'enl-evidence-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

/** Somebody else does something every twenty seconds, so that the log covers the drain. */
const others = Array.from({ length: 40 }, (_, index) => ({ ...patch(-60 + index * 20), verb: 'get', user: 'x' }));
const lines = [...Object.values(log), ...others]
  .sort((a, b) => a.seconds - b.seconds)
  .map((told, index) => line(told, `id-${index}`));
const files = {
  report: write('report.json', JSON.stringify(report())),
  log: write('audit.log', `${lines.join('\n')}\n`),
};

/** An account whose cluster wrote the log of the drain. */
async function startCloudWatch() {
  const sandbox = createAwsSandbox({ clock: realClock });
  sandbox.clusters.set('prod', { name: 'prod', status: 'ACTIVE', logTypes: ['audit'], accessEntries: {} });
  sandbox.logs.addGroup('/aws/eks/prod/cluster', { createdAt: Date.parse(at(-86_400)) });
  const messages = lines.map((message) => ({ message, timestampMs: Date.parse(JSON.parse(message).stageTimestamp) }));
  sandbox.logs.putEvents('/aws/eks/prod/cluster', 'kube-apiserver-audit-1', messages);
  const server = await serveAws(sandbox);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    await server.close();
  });
  const { accessKeyId, secretAccessKey, sessionToken } = server.credentials;
  vi.stubEnv('AWS_ENDPOINT_URL', server.url);
  vi.stubEnv('AWS_REGION', sandbox.region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  vi.stubEnv('AWS_SESSION_TOKEN', sessionToken);
  // A poll waits for a share of Math.random().
  vi.spyOn(Math, 'random').mockReturnValue(0);
  return sandbox;
}

async function enl(...args: string[]) {
  const ended = { code: 0, out: '', err: '' };
  const writing = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    ended.err += text;
    return true;
  });
  const out = (text: string) => {
    ended.out += text;
  };
  await createProgram({ out }).parseAsync(['evidence', ...args], { from: 'user' });
  ended.code = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  writing.mockRestore();
  return ended;
}

it('shows a drain and its log side by side', async () => {
  const { code, out } = await enl('--report', files.report, '--file', files.log);
  expect(code).toBe(0);
  const [heading, outcome, identity, covered, , headings, told, seen] = out.split('\n');
  expect(heading).toBe(`Drain run-1 of ${node}, and ${files.log}`);
  expect(outcome).toMatch(/^OK: 10 of 10 claims of the report are in the log/);
  expect(identity).toMatch(/assumed-role\/drain\/enl \(found by who marked the node\); clocks may differ by 5 s$/);
  expect(covered).toBe(`The log has events from ${at(-60)} to ${at(720)}`);
  expect(headings).toMatch(/^WHO +USER +STARTED +TO CORDON/);
  expect(told).toMatch(/^the report +- +2026-03-01T10:00:00Z +1\.1 s +yes +2 +2 \(3 times\) +1 +- +- +221 s$/);
  expect(seen).toMatch(/^eks-node-lifecycle +arn:.* +yes +2 +2 \(3 times\) +1 +- +- /);
});

it('ends with 1 where they differ, and with 2 where not all can be judged', async () => {
  const more = write('more.log', [...lines, line(evict(50, 'web-2', 429), 'one-more')].join('\n'));
  const differs = await enl('--report', files.report, '--file', more);
  expect(differs).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^ {2}logged-not-claimed +2026-03-01T10:00:50/m),
  });
  const cut = write('cut.log', lines.slice(0, 20).join('\n'));
  const partial = await enl('--report', files.report, '--file', cut);
  expect(partial).toMatchObject({ code: 2, out: expect.stringMatching(/^PARTIAL: /m) });
  const broken = write('broken.log', `${lines.join('\n')}\n{"kind":"Event","aud`);
  expect(await enl('--report', files.report, '--file', broken)).toMatchObject({
    code: 2,
    out: expect.stringMatching(/^ {2}log-cut: .*broken\.log: 1 line/m),
  });
});

it('finds the newest report of a drain or of a node among others', async () => {
  write('audit.json', JSON.stringify({ version: 1, pods: [], timeline: [] }).replace('"timeline"', '"other"'));
  for (const by of [
    ['--node', node],
    ['--drain', 'run-1'],
    ['--drain', 'run-1-c2'],
  ])
    expect(await enl(...by, '--reports', folder, '--file', files.log), by.join(' ')).toMatchObject({ code: 0 });
  write('half.json', '{"execution":"run-7","timeline":[],"pods":[');
  expect(await enl('--drain', 'run-1', '--reports', folder, '--file', files.log)).toMatchObject({ code: 0 });
  const half = await enl('--drain', 'run-7', '--reports', folder, '--file', files.log);
  expect(half).toMatchObject({ code: 3, err: expect.stringMatching(/half\.json is no JSON/) });
});

it('shows who drained a node of the sample, as the README has it', async () => {
  const sample = fileURLToPath(new URL('../../samples/audit.log', import.meta.url));
  const { code, out } = await enl('--node', 'n1.example.internal', '--file', sample);
  expect(code).toBe(2);
  for (const who of ['managed node group', 'eks-node-lifecycle', 'Karpenter'])
    expect(out).toMatch(new RegExp(`^${who} `, 'm'));
  expect(out).toContain('no-report: ');
});

it('reads standard input once for all that it asks', async () => {
  const stdin = vi
    .spyOn(process, 'stdin', 'get')
    .mockReturnValue(Readable.from([`${lines.join('\n')}\n`].map((text) => Buffer.from(text))) as never);
  onTestFinished(() => stdin.mockRestore());
  const { code, out, err } = await enl('--report', files.report, '--file', '-');
  expect({ code, out, err }).toMatchObject({ code: 0, out: expect.stringContaining(', and standard input\n') });
  expect(err.match(/^enl: read .* of standard input/gm)).toHaveLength(1);
});

it('fits into a terminal', () => {
  const found = evidence(Object.values(log));
  for (const text of evidenceText(found, files.log, 80).split('\n\n').slice(1))
    for (const told of text.split('\n')) expect(told.length, told).toBeLessThanOrEqual(80);
});

it('shows nothing from a log that a terminal would act on', async () => {
  const evil = 'a\u001b[31m\u202e\u009b<script>';
  const bad = write(
    'evil.log',
    [
      ...lines,
      line(evict(50, 'web-2', 429, { agent: evil, user: report().node ?? '' }), 'x'),
      line({ ...patch(60), user: evil, agent: evil, request: { spec: { unschedulable: true } } }, 'y'),
    ].join('\n'),
  );
  const { out } = await enl('--report', files.report, '--file', bad);
  expect(out).toContain(String.raw`a\u001b[31m\u202e\u009b<script>`);
  for (const unseen of ['\u001b', '\u202e']) expect(out).not.toContain(unseen);
  const json = await enl('--report', files.report, '--file', bad, '-o', 'json');
  expect(json.out).not.toMatch(/[\u202e\u009b]/);
  expect(JSON.parse(json.out).comparison).toContainEqual(expect.objectContaining({ user: evil }));
  const page = await enl('--report', files.report, '--file', bad, '-o', 'html');
  expect(page.out).toContain(String.raw`a\u001b[31m\u202e\u009b&lt;script&gt;`);
});

it.each<[string, string[], RegExp]>([
  ['no drain', ['--file', files.log], /which drain\?\nPass --node NAME/],
  ['a drain without a place', ['--drain', 'x', '--file', files.log], /nothing says where it is\nPass --reports/],
  [
    'reports without a drain',
    ['--reports', folder, '--report', '', '--file', files.log].slice(0, 2).concat('--file', files.log),
    /which drain\?/,
  ],
  ['a name that is none', ['--node', 'a" | limit 1', '--file', files.log], /is not a Kubernetes name/],
  [
    'a report of another node',
    ['--report', files.report, '--node', 'other', '--file', files.log],
    /is the report of run-1 on ip-10/,
  ],
  [
    'a drain that is nowhere',
    ['--drain', 'run-9', '--reports', folder, '--file', files.log],
    /run-9 is not in any of \d+ reports/,
  ],
  [
    'a report that is none',
    ['--report', write('none.txt', '{"version":1,"startedAt":"x"}'), '--file', files.log],
    /is not the report of a drain: .*; and \d+ more\n/,
  ],
  ['a report that is no JSON', ['--report', files.log, '--file', files.log], /is no JSON/],
  ['a bucket without a key', ['--report', 's3://bucket', '--file', files.log], /names no report\nIt is s3:\/\/BUCKET/],
  ['a log that is not there', ['--node', node, '--file', join(folder, 'nowhere')], /nowhere/],
  [
    'the log of another cluster',
    ['--report', files.report, '--cluster', 'dev'],
    /in cluster prod, and --cluster is dev\n/,
  ],
  ['no log', ['--node', node], /whose log is it\?\nPass --cluster/],
])('turns %s away', async (_name, args, expected) => {
  const { code, out, err } = await enl(...args);
  expect({ code, out, err }).toEqual({ code: 3, out: '', err: expect.stringMatching(expected) });
});

it.each<[string, string, string[]]>([
  ['no JSON', '\u001b[31m\u009b', []],
  ['of another node', JSON.stringify(report({ execution: '\u001b[31m' })), ['--node', 'other']],
  ['of another cluster', JSON.stringify(report({ cluster: '\u001b[31m' })), ['--cluster', 'dev']],
  ['of no node', JSON.stringify(report({ node: undefined, execution: '\u001b[31m' })), []],
  ['of a node that can be none', JSON.stringify(report({ node: '\u001b[31m' })), ['--log-group', 'g']],
])('shows what a report hides that is %s', async (_what, content, args) => {
  const { code, err } = await enl('--report', write('hides.json', content), ...args);
  expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining(String.raw`\u001b`) });
  for (const unseen of ['\u001b', '\u009b']) expect(err).not.toContain(unseen);
});

it('asks CloudWatch for the cluster of the report, for the time around the drain', async () => {
  const sandbox = await startCloudWatch();
  const { code, out, err } = await enl('--report', files.report, '-o', 'json');
  expect({ code, outcome: JSON.parse(out || '{}').outcome }, err).toEqual({ code: 0, outcome: 'shown' });
  const asked = sandbox.calls.filter(({ operation }) => operation === 'StartQuery').map(({ input }) => input);
  expect(asked.map(({ startTime }) => startTime)).toEqual([Date.parse(at(-600)) / 1000, Date.parse(at(-600)) / 1000]);
}, 60_000);

it('never reads more than --max-bytes with both of its queries', async () => {
  const sandbox = await startCloudWatch();
  const started = () => sandbox.calls.filter(({ operation }) => operation === 'StartQuery').length;
  const scanned = /^enl: scanned ([\d.]+) kB/m;
  const all = await enl('--report', files.report);
  const kilobytes = Number(scanned.exec(all.err)?.[1]);
  expect(all.err.match(/^enl: scanned /gm)).toHaveLength(1);
  const before = started();
  const cut = await enl('--report', files.report, '--max-bytes', `${Math.round(kilobytes * 0.4)}KB`);
  expect(started() - before).toBe(1);
  expect(cut).toMatchObject({
    code: 2,
    out: expect.stringMatching(/^ {2}log-cut: .* is the most: nothing was started/m),
  });
  expect(cut.out).not.toContain('log-empty');
}, 60_000);
