import { execFileSync } from 'node:child_process';
import { it } from 'vitest';
import { excludeLabel } from '../../../shared/lifecycle/mark.ts';
import { marksOf, node, pod, startCli, until } from './start-cli.ts';

const limit = { timeout: 60_000 };
type Cli = Awaited<ReturnType<typeof startCli>>;

async function open(onTestFinished: (close: () => Promise<void>) => void): Promise<Cli> {
  const cli = await startCli();
  onTestFinished(cli.close);
  cli.cluster.apply([node('worker-1', 'i-0aaaaaaaaaaaaaaa1'), node('worker-2', 'i-0aaaaaaaaaaaaaaa2', 'eu-west-1b')]);
  return cli;
}

const held = (cli: Cli) =>
  cli.cluster.apply({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'app', namespace: 'shop' },
    spec: { minAvailable: 1, selector: { matchLabels: { app: 'app' } } },
  });

it.concurrent(
  'drains a node to the end, with data on stdout and progress on stderr',
  limit,
  async ({ onTestFinished, expect }) => {
    const cli = await open(onTestFinished);
    cli.cluster.apply([pod('app-1', 'worker-1'), pod('other', 'worker-2')]);
    const { code, out, err } = await cli.enl(['drain', 'start', '--local', 'worker-1', '-o', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ version: 1, outcomes: [{ node: 'worker-1', outcome: 'drained' }] });
    expect(err).toMatch(/^cordoned: worker-1\n/);
    expect(err).toMatch(/^[\x20-\x7e\n]+$/);
    expect(cli.cluster.list('pods').map(({ metadata }) => metadata.name)).toEqual(['other']);
    expect(marksOf(cli.cluster, 'worker-1').cordoned).toBe(true);
    const { report } = JSON.parse(out).outcomes[0];
    expect((await cli.enl(['report', report])).out).toContain('Outcome    drained');
  },
);

it.concurrent(
  'evicts nothing and names what lets a blocked pod go, exit code 1',
  limit,
  async ({ onTestFinished, expect }) => {
    const cli = await open(onTestFinished);
    const volumes = [{ name: 'scratch', emptyDir: {} }];
    cli.cluster.apply([pod('cache', 'worker-1', { spec: { volumes } }), pod('app-1', 'worker-1')]);
    const [started, planned, client] = await Promise.all([
      cli.enl(['drain', 'start', '--local', 'worker-1']),
      cli.enl(['drain', 'plan', 'worker-1', '-o', 'json']),
      cli.enl(['drain', 'start', '--dry-run=client', 'worker-1', '-o', 'yaml']),
    ]);
    expect(started.code).toBe(1);
    expect(started.out).toMatch(/nothing was changed[\s\S]*shop\/cache[\s\S]*--delete-emptydir-data lets them go/);
    expect(planned.code).toBe(1);
    expect(JSON.parse(planned.out)).toMatchObject({ version: 1, verdict: 'blocked' });
    expect(client).toMatchObject({ code: 1, out: expect.stringContaining('dryRun: client\n') });
    expect(cli.cluster.list('pods')).toHaveLength(2);
    expect(marksOf(cli.cluster, 'worker-1')).toEqual({ cordoned: false, annotations: [] });
  },
);

it.concurrent(
  'asks the API server for each step of a dry run, and leaves everything as it is',
  limit,
  async ({ onTestFinished, expect }) => {
    const cli = await open(onTestFinished);
    cli.cluster.apply(pod('app-1', 'worker-1'));
    const { code, out } = await cli.enl(['drain', 'start', '--dry-run=server', 'worker-1']);
    expect(code).toBe(0);
    expect(out).toMatch(/cordon +accepted[\s\S]*evict +shop\/app-1 +accepted[\s\S]*Nothing was changed/);
    expect(cli.cluster.list('pods')).toHaveLength(1);
    expect(marksOf(cli.cluster, 'worker-1').cordoned).toBe(false);
  },
);

it.concurrent('stops at its timeout past no budget, exit code 1', limit, async ({ onTestFinished, expect }) => {
  const cli = await open(onTestFinished);
  cli.cluster.apply(pod('app-1', 'worker-1'));
  held(cli);
  const { code, out } = await cli.enl(['drain', 'start', '--local', '--timeout', '8s', 'worker-1']);
  expect({ code, pods: cli.cluster.list('pods').length }).toEqual({ code: 1, pods: 1 });
  expect(out).toMatch(/worker-1 +failed/);
});

it.concurrent(
  'shows a drain that waits, and stops it with its marks taken back',
  limit,
  async ({ onTestFinished, expect }) => {
    const cli = await open(onTestFinished);
    cli.cluster.apply(pod('app-1', 'worker-1'));
    held(cli);
    const { ended } = cli.start(['drain', 'start', '--local', 'worker-1']);
    await until(() => marksOf(cli.cluster, 'worker-1').annotations.length > 0);
    const status = await cli.enl(['drain', 'status', '-o', 'json']);
    expect(JSON.parse(status.out)).toMatchObject({
      drains: [{ node: 'worker-1', phase: 'draining', pods: { evictable: 1 } }],
    });
    const stopped = await cli.enl(['drain', 'stop', 'worker-1']);
    expect(stopped).toMatchObject({ code: 0, out: expect.stringContaining('stops at its next look') });
    expect((await ended).code).toBe(1);
    expect(marksOf(cli.cluster, 'worker-1')).toEqual({ cordoned: false, annotations: [] });
  },
);

it.concurrent(
  'takes its marks back at Ctrl-C and says so, exit code 130',
  limit,
  async ({ onTestFinished, expect }) => {
    const cli = await open(onTestFinished);
    cli.cluster.apply(pod('app-1', 'worker-1'));
    held(cli);
    const { child, ended } = cli.start(['drain', 'start', '--local', 'worker-1', 'worker-2']);
    await until(() => excludeLabel in (cli.cluster.get('nodes', 'worker-1')?.metadata.labels ?? {}));
    child.kill('SIGINT');
    const { code, err, out } = await ended;
    expect(code).toBe(130);
    expect(err).toContain('enl: stopping: nothing more is evicted, and our marks are taken back');
    expect(out).toMatch(/worker-1 +stopped[\s\S]*worker-2 +not-begun/);
    for (const name of ['worker-1', 'worker-2'])
      expect(marksOf(cli.cluster, name)).toEqual({ cordoned: false, annotations: [] });
    expect(cli.cluster.list('pods')).toHaveLength(1);
  },
);

it.concurrent(
  'leaves no cordon behind when it is called off (SIGTERM) while nodes are being cordoned',
  limit,
  async ({ onTestFinished, expect }) => {
    const cli = await open(onTestFinished);
    cli.cluster.faults.add({ match: /^PATCH .*worker-2/, effect: { delayMs: 2_000 } });
    const { child, ended } = cli.start(['drain', 'start', '--local', 'worker-1', 'worker-2']);
    await until(() => marksOf(cli.cluster, 'worker-1').cordoned);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(130);
    for (const name of ['worker-1', 'worker-2'])
      expect(marksOf(cli.cluster, name)).toEqual({ cordoned: false, annotations: [] });
  },
);

it.concurrent('lists nodes with what would block them, by labels', limit, async ({ onTestFinished, expect }) => {
  const cli = await open(onTestFinished);
  cli.cluster.apply([pod('alone', 'worker-2', { unmanaged: true }), pod('app-1', 'worker-1')]);
  const [table, coloured, quiet] = await Promise.all([
    cli.enl(['nodes']),
    cli.enl(['nodes', 'worker-2'], { FORCE_COLOR: '1' }),
    cli.enl(['nodes', 'worker-2'], { NO_COLOR: '1' }),
  ]);
  expect(table.out).toMatch(
    /worker-1 .*eu-west-1a .*ready +1\/1 +nothing\nworker-2 .*eu-west-1b .*1 pod without a controller\n$/,
  );
  expect(coloured.out).toContain('[32mready');
  expect(quiet.out).not.toContain('worker-1');
});

// It gives up after five seconds, as nobody waits longer for a completion; on a busy machine that is soon.
it('prints completions that a shell can read, and completes nodes and contexts', { ...limit, retry: 2 }, async ({
  onTestFinished,
  expect,
}) => {
  const cli = await open(onTestFinished);
  const [bash, nodes, contexts] = await Promise.all([
    cli.enl(['completion', 'bash']),
    cli.enl(['complete', '--', 'drain', 'plan', '']),
    cli.enl(['complete', '--', 'nodes', '--context', '']),
  ]);
  execFileSync('bash', ['-n'], { input: bash.out });
  expect(bash.out).toMatch(/^command -v enl .* \|\| enl\(\) \{/);
  expect(nodes.out).toMatch(/^worker-1\t\nworker-2\t\n/);
  expect(contexts.out).toMatch(/^admin\t\nguest\t\nstranger\t\n/);
});
