import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it, test } from 'vitest';
import { createAwsSandbox } from '../../../sandbox/aws/aws-sandbox.ts';
import { type AwsServer, serveAws } from '../../../sandbox/aws/serve-aws.ts';
import { refusal } from '../../../sandbox/aws/service-faults.ts';
import { addDemoGroups } from '../../../sandbox/world/demo-groups.ts';
import { realClock } from '../../../shared/adapters/real-clock.ts';

const entry = fileURLToPath(new URL('../../../cli/enl.ts', import.meta.url));
const sandbox = createAwsSandbox({ clock: realClock });
let server: AwsServer;

beforeAll(async () => {
  addDemoGroups(sandbox);
  server = await serveAws(sandbox);
  return () => server.close();
});

/** `enl hooks …` with nothing in its environment but what a test gives it. */
function enl(args: string[], changes: Record<string, string | undefined> = {}) {
  const { accessKeyId, secretAccessKey, sessionToken } = server.credentials;
  const env = {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: server.url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    ...changes,
  };
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const ended = execFile(
      process.execPath,
      [entry, 'hooks', ...args],
      { env: given, timeout: 20_000 },
      (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
      },
    );
    ended.stdin?.end();
  });
}

it('plans without colour where nobody looks, and exits with 2 when it is asked for changes', async () => {
  const [text, json, coloured] = await Promise.all([
    enl(['plan', '--cluster', 'demo', '--exit-code']),
    enl(['plan', '-c', 'demo', '-g', 'demo-new', 'demo-spot', '--only', 'launch', '-o', 'json']),
    enl(['plan', '-c', 'demo', '-g', 'demo-new'], { FORCE_COLOR: '1' }),
  ]);
  expect(text).toMatchObject({ code: 2, err: '' });
  expect(text.out).toMatch(/^[\x20-\x7e\n]+$/);
  expect(text.out).toContain('To do it, run the same with install instead of plan.\n');
  const groups = [
    { name: 'demo-new', steps: [{ kind: 'launch' }] },
    { name: 'demo-spot', steps: [{}] },
  ];
  expect(JSON.parse(json.out)).toMatchObject({ groups, summary: { create: 2, work: 2 } });
  expect(coloured.out).toContain('[32m+');
}, 30_000);

it('shows what its commands take, from where, and which rights they need', async () => {
  const [about, plan] = await Promise.all([enl(['--help']), enl(['plan', '--help'])]);
  expect(about.out).toMatch(/Karpenter or EKS Auto Mode[\s\S]*iam:PassRole on the role/);
  expect(plan.out).toMatch(
    /--topic <arn> [\s\S]*ENL_TOPIC_ARN[\s\S]*--heartbeat-timeout <seconds>[\s\S]*default: 1800/,
  );
}, 30_000);

test.each<[string, string[], Record<string, string | undefined>, RegExp]>([
  ['no cluster', ['plan'], {}, /required option '-c, --cluster <name>' not specified/],
  [
    'another stack',
    ['plan', '-c', 'demo', '--stack', 'Other'],
    { ENL_TOPIC_ARN: undefined },
    /^enl: there is no stack Other in this account and region\nPass --stack NAME, .*--topic ARN --role ARN\.\n$/,
  ],
  ['nobody to ask', ['install', '-c', 'demo'], {}, /this is no terminal\nPass --yes to do it, or --dry-run/],
  [
    'no region',
    ['plan', '-c', 'demo'],
    { AWS_REGION: undefined },
    /Region is missing\nPass --region, or set AWS_REGION/,
  ],
  ['no credentials', ['plan', '-c', 'demo'], { AWS_ACCESS_KEY_ID: undefined }, /\nSign in again .*--profile/],
])('ends with 3 and the next step for %s', { timeout: 30_000 }, async (_title, args, env, message) => {
  const { code, out, err } = await enl(args, env);
  expect({ code, out }).toEqual({ code: 3, out: '' });
  expect(err).toMatch(message);
  expect(err).not.toContain('    at ');
});

it('installs when it is told not to ask, and a plan after it has nothing to do', async () => {
  expect(await enl(['install', '-c', 'demo', '--yes'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/5 done\.\n$/),
  });
  expect(await enl(['plan', '-c', 'demo', '--exit-code'])).toMatchObject({ code: 0 });
}, 30_000);

it('ends with 3 for somebody who may not look, and names the right', async () => {
  const allow = sandbox.faults.add({ match: /^DescribeLifecycleHooks$/, effect: refusal('autoscaling', 'denied') });
  const { code, err } = await enl(['plan', '-c', 'demo']);
  allow();
  expect(code).toBe(3);
  expect(err).toContain('Whoever runs this needs the IAM action autoscaling:DescribeLifecycleHooks.\n');
}, 30_000);
