import { beforeAll, expect, it, test } from 'vitest';
import { kubeconfigOf, node, startCli } from './start-cli.ts';

let cli: Awaited<ReturnType<typeof startCli>>;
const files: Record<string, string> = {};

beforeAll(async () => {
  cli = await startCli();
  cli.cluster.apply([
    node('worker-1', 'i-0aaaaaaaaaaaaaaa1'),
    node('worker-2', 'i-0aaaaaaaaaaaaaaa2'),
    node('left-over', 'i-0aaaaaaaaaaaaaaa2'),
    { ...node('kind-worker', ''), spec: { providerID: 'kind://docker/kind/kind-worker' } },
  ]);
  const exec = (command: string, args: string[]) => ({
    exec: { apiVersion: 'client.authentication.k8s.io/v1', command, args, interactiveMode: 'Never' },
  });
  files.missingPlugin = cli.write(
    'no-plugin',
    kubeconfigOf(cli.server, { admin: exec('no-such-plugin', ['get-token']) }),
  );
  files.failingPlugin = cli.write(
    'failing-plugin',
    kubeconfigOf(cli.server, {
      admin: exec('sh', ['-c', 'echo "Error loading SSO Token: Token for corp does not exist" >&2; exit 255']),
    }),
  );
  files.closed = cli.write(
    'closed',
    kubeconfigOf({ ...cli.server, url: 'https://127.0.0.1:1' }, { admin: { token: 'admin' } }),
  );
  files.otherCa = cli.write('other-ca', kubeconfigOf({ ...cli.server, ca: '' }, { admin: { token: 'admin' } }));
  files.noConfig = cli.write('no-config', 'hello');
  return () => cli.close();
});

const plan = (...args: string[]) => ['drain', 'plan', ...args];

test.concurrent.each<[string, string[], Record<string, string>, RegExp]>([
  ['an unknown node', plan('worker-3'), {}, /^enl: there is no node worker-3\nDid you mean worker-1 or worker-2\?\n$/],
  [
    'an unknown instance',
    plan('-i', 'i-0aaaaaaaaaaaaaaa9'),
    {},
    /no node of this cluster runs on i-0aaaaaaaaaaaaaaa9\nIt may be of another cluster/,
  ],
  [
    'an instance with two nodes',
    plan('-i', 'i-0aaaaaaaaaaaaaaa2'),
    {},
    /left-over and worker-2 .*\nOne of them is left over/,
  ],
  [
    'the end of a node that is drained of some pods only',
    ['drain', 'start', '--local', '--terminate', '--pod-selector', 'app=web', 'worker-1'],
    {},
    /--terminate would end the pods that --pod-selector leaves/,
  ],
  [
    'a drain that nobody is said to do',
    ['drain', 'start', '--dry-run=none', 'worker-1'],
    {},
    /^enl: it is not said who drains\nPass --local/,
  ],
  [
    'the end of what is no instance',
    ['drain', 'start', '--local', '--terminate', 'kind-worker'],
    {},
    /^enl: kind-worker is no EC2 instance: Auto Scaling cannot end it\nLeave out --terminate/,
  ],
  ['no node at all', plan(), {}, /^enl: no node is named\nName them by NODE\.\.\., --instance/],
  ['an unknown context', ['nodes', '--context', 'admn'], {}, /there is no context admn in .*\nDid you mean admin\?\n$/],
  [
    'a kubeconfig that is not there',
    ['nodes', '--kubeconfig', '/nonexistent'],
    {},
    /there is no kubeconfig at \/nonexistent\nPass --kubeconfig FILE/,
  ],
  [
    'a file that is no kubeconfig',
    ['nodes'],
    { KUBECONFIG: 'no-config' },
    /no context is chosen in no-config\nIt has no contexts\.\n$/,
  ],
  [
    'nobody that the cluster knows',
    ['nodes', '--context', 'stranger'],
    {},
    /does not know who you are \(401\).*\nSign in again .*kubectl --context stranger auth whoami\n$/,
  ],
  [
    'somebody who may not look',
    ['nodes', '--context', 'guest'],
    {},
    /guest lacks the right to list nodes in the whole cluster\n.*kubectl --context guest auth can-i list nodes\n$/,
  ],
  [
    'a server where nobody listens',
    ['nodes'],
    { KUBECONFIG: 'closed' },
    /127\.0\.0\.1:1\) cannot be reached: .*ECONNREFUSED.*\nNothing listens there/,
  ],
  [
    'a certificate of somebody else',
    ['nodes'],
    { KUBECONFIG: 'other-ca' },
    /cannot be reached: .*certificate.*\nThe certificate is not that of the kubeconfig/,
  ],
  [
    'a plugin that is not installed',
    ['nodes'],
    { KUBECONFIG: 'no-plugin' },
    /from `no-such-plugin get-token`, and no-such-plugin is not there\nInstall no-such-plugin/,
  ],
  [
    'a plugin whose session is over',
    ['nodes'],
    { KUBECONFIG: 'failing-plugin' },
    /which failed: Error loading SSO Token.*\nSign in again: aws sso login\n$/,
  ],
  [
    'no region for a cluster by name',
    ['nodes', '--cluster', 'prod'],
    {},
    /Region is missing\nPass --region, or set AWS_REGION/,
  ],
])('ends with 3, one line and the next step for %s', { timeout: 60_000 }, async (_title, args, env, message) => {
  const { code, out, err } = await cli.enl(args, env);
  expect({ code, out }).toEqual({ code: 3, out: '' });
  expect(err).toMatch(message);
  expect(err).not.toMatch(/^ {4}at /m);
});

it('reads several kubeconfigs as kubectl does: what the first one says counts', { timeout: 30_000 }, async () => {
  const second = cli.write(
    'second',
    kubeconfigOf({ ...cli.server, url: 'https://127.0.0.1:1' }, { admin: { token: 'x' }, late: { token: 'admin' } }),
  );
  const env = { KUBECONFIG: `/nonexistent:${cli.folder}/config:${second}` };
  const [first, late] = await Promise.all([
    cli.enl(['nodes', '-o', 'json'], env),
    cli.enl(['nodes', '-o', 'json', '--context', 'late'], env),
  ]);
  expect(JSON.parse(first.out)).toMatchObject({ cluster: 'admin' });
  expect(JSON.parse(late.out)).toMatchObject({ cluster: 'late', nodes: [{}, {}, {}, {}] });
});
