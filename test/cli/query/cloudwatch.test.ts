import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAwsSandbox } from '../../../sandbox/aws/aws-sandbox.ts';
import { serveAws } from '../../../sandbox/aws/serve-aws.ts';
import { realClock } from '../../../shared/adapters/real-clock.ts';
import { eviction } from './audit-log.ts';
import { enl, enlProcess } from './run-enl.ts';

const folder = mkdtempSync(join(tmpdir(), 'enl-query-'));
afterAll(() => rmSync(folder, { recursive: true }));

const group = '/aws/eks/prod/cluster';
const dayMs = 86_400_000;
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** An account whose cluster was refused two evictions in the last hour, and then had one. */
async function startCloudWatch({ logTypes = ['audit'] }: { logTypes?: 'audit'[] } = {}) {
  const sandbox = createAwsSandbox({ clock: realClock });
  sandbox.clusters.set('prod', { name: 'prod', status: 'ACTIVE', logTypes, accessEntries: {} });
  sandbox.logs.addGroup(group, { createdAt: Date.now() - 9 * dayMs, retentionDays: 30 });
  const messages = [
    eviction(minutesAgo(30), 'web-1', 429),
    eviction(minutesAgo(10), 'web-1', 429),
    eviction(minutesAgo(9), 'web-1'),
  ];
  sandbox.logs.putEvents(
    group,
    'kube-apiserver-audit-1',
    messages.map((message) => ({ message, timestampMs: Date.parse(JSON.parse(message).stageTimestamp) })),
  );
  const server = await serveAws(sandbox);
  const { accessKeyId, secretAccessKey, sessionToken } = server.credentials;
  const env = {
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: sandbox.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  // A poll waits for a share of Math.random().
  vi.spyOn(Math, 'random').mockReturnValue(0);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    await server.close();
  });
  const operations = () => sandbox.calls.map(({ operation }) => operation);
  return { sandbox, operations, run: (...args: string[]) => enl('run', ...args), env };
}

/** Those that cost something, or change something. */
const asked = /^(StartQuery|StopQuery)$/;

describe('a query of CloudWatch', { timeout: 60_000 }, () => {
  it('gives the rows, and says what was looked at and what it cost', async () => {
    const { run } = await startCloudWatch();
    const { code, out, err } = await run('eviction-refused', '--cluster', 'prod', '--minutes', '4', '-o', 'json');
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining('the last hour is looked at') });
    expect(err).toMatch(/^enl: scanned [\d.]+ (bytes|kB), less than 0\.001 USD/m);
    expect(err).toContain('findings among the rows, as a scheduled run would see them: 1 high');
    const { query, source, columns, rows, partial, statistics } = JSON.parse(out);
    expect({ query, source, partial }).toMatchObject({ query: { id: 'Q06' }, source: group, partial: null });
    expect(columns).toEqual(['ns', 'pod', 'budget', 'need', 'have', 'who', 'refused', 'first', 'last']);
    expect(rows).toMatchObject([{ ns: 'shop', pod: 'web-1', budget: 'web', need: '2', refused: '2' }]);
    expect(statistics.recordsMatched).toBe(2);
  });

  it('is narrowed by its parameters and its range', async () => {
    const { run } = await startCloudWatch();
    const narrowed = ['--cluster', 'prod', '-o', 'csv', '--namespace', 'shop', '--since', '20m'];
    const { code, out, err } = await run('eviction-timeline', ...narrowed);
    expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining('the last hour') });
    expect(out.split('\n')).toHaveLength(4);
    expect(out).toMatch(/^'@timestamp,ns,pod,who,ua,code,msg,cause\n\d{4}-\d\d-\d\dT[\d:.]+Z,shop,web-1,drainer,/);
  });

  it('of a text of its own is sent as it is, and what CloudWatch does not understand is shown in its place', async () => {
    const { run } = await startCloudWatch();
    const own = join(folder, 'own.txt');
    writeFileSync(own, 'stats count(*) as n by verb\n| sort n desc\n');
    expect(await run('--query-file', own, '--log-group', group, '-o', 'csv')).toMatchObject({
      code: 0,
      out: 'verb,n\ncreate,3\n',
    });
    const bad = join(folder, 'bad.txt');
    writeFileSync(bad, 'fields verb\n| fitler verb = "get"\n');
    const { code, out, err } = await run('--query-file', bad, '--cluster', 'prod');
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/bad\.txt: CloudWatch does not understand it: .*\n {2}\| fitler verb = "get"\n {4}\^\n$/);
  });

  it.each([
    [
      'a range that costs too much',
      ['--cluster', 'prod', '--max-bytes', '1B'],
      /--max-bytes is 1 bytes\nNothing was asked\./,
    ],
    ['a range over retention', ['--cluster', 'prod', '--since', '31d'], /the log group keeps 30 days\n/],
    [
      'a range before the log group',
      ['--cluster', 'prod', '--start', minutesAgo(60 * 24 * 20), '--end', minutesAgo(60 * 24 * 19)],
      /was created at .*, after the end of the range/,
    ],
    ['a cluster that there is not', ['--cluster', 'prd'], /EKS knows no cluster prd.*\naws eks list-clusters/],
    [
      'a log group that there is not',
      ['--log-group', 'other'],
      /there is no log group other.*\naws logs describe-log-groups/,
    ],
  ])('refuses %s, and asks nothing', async (_title, options, message) => {
    const { run, operations } = await startCloudWatch();
    const { code, out, err } = await run('eviction-refused', ...options);
    expect({ code, out, err }).toEqual({ code: 3, out: '', err: expect.stringMatching(message) });
    expect(operations().filter((operation) => asked.test(operation))).toEqual([]);
  });

  it('that finds nothing where logging is switched off is no success, and rows from before are', async () => {
    const { run } = await startCloudWatch({ logTypes: [] });
    const off = /logging of cluster prod is switched off for audit.*\naws eks update-cluster-config .*/s;
    const nothing = await run('cordon', '--cluster', 'prod');
    expect(nothing).toEqual({ code: 3, out: '', err: expect.stringMatching(off) });
    const before = await run('eviction-refused', '--cluster', 'prod');
    expect(before).toMatchObject({ code: 0, out: expect.stringContaining('web-1') });
    expect(before.err).toContain('is switched off for audit');
  });

  it('that finds nothing says what it read, and that the newest may be missing', async () => {
    const { run } = await startCloudWatch();
    const { code, out, err } = await run('cordon', '--cluster', 'prod');
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/^No rows\. None of the 3 events of \S+ to \S+ fits\.\n$/),
    });
    expect(err).toMatch(/^enl: the log comes some minutes late: what was done after \S+ may be missing$/m);
    const empty = await run('cordon', '--cluster', 'prod', '--start', minutesAgo(90), '--end', minutesAgo(60));
    expect(empty).toMatchObject({ code: 2, out: expect.stringContaining('no event was read of') });
    expect(empty.err).not.toContain('minutes late');
  });

  it('may be asked by who may not describe the cluster', async () => {
    const { sandbox, run } = await startCloudWatch();
    const body = { __type: 'AccessDeniedException', message: 'no' };
    const headers = { 'x-amzn-errortype': 'AccessDeniedException' };
    sandbox.faults.add({ service: 'eks', match: /./, effect: { answer: { status: 403, headers, body } } });
    const { code, err } = await run('eviction-refused', '--cluster', 'prod');
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('eks:DescribeCluster is not allowed') });
  });

  it('that is interrupted stops what runs', async () => {
    const { sandbox, env } = await startCloudWatch();
    sandbox.logs.settings.runningPolls = Number.POSITIVE_INFINITY;
    const { code, err } = await enlProcess(['run', 'cordon', '--cluster', 'prod'], {
      env,
      onStart: (child) =>
        void vi
          .waitFor(() => expect([...sandbox.logs.queries.values()][0]?.status).toBe('Running'), { timeout: 50_000 })
          .then(() => child.kill('SIGINT')),
    });
    expect({ code, err }).toEqual({ code: 130, err: expect.stringContaining('stopping the query in CloudWatch') });
    expect([...sandbox.logs.queries.values()].map(({ status }) => status)).toEqual(['Cancelled']);
  });
});
