import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { CommandError } from '../../../cli/command-error.ts';
import type { PlanOptions } from '../../../cli/drain/plan-drain.ts';
import { actPlan } from '../../../cli/drain/plan-drain.ts';
import { actStart, type StartOptions } from '../../../cli/drain/start-drain.ts';
import { actStatus, type StatusOptions } from '../../../cli/drain/status-drain.ts';
import { actStop, type StopOptions } from '../../../cli/drain/stop-drains.ts';
import type { FaultRule } from '../../../sandbox/faults.ts';
import { nodeName } from '../../shared/drain/drain-world.ts';
import { functionName, startRemote } from './start-remote.ts';

const closing: (() => Promise<void>)[] = [];
let remote: Awaited<ReturnType<typeof startRemote>>;

beforeAll(async () => {
  remote = await startRemote(
    (close) => closing.push(close),
    1,
    () => [alone],
  );
  const { stacks } = remote.account;
  stacks.set('Older', { TopicArn: 'arn:aws:sns:eu-west-1:123456789012:hooks' });
  stacks.set('Networks', { ManualFunctionName: functionName, ManualFunctionNamePrivate: functionName });
});
beforeEach(() => {
  for (const [name, value] of Object.entries(remote.env)) vi.stubEnv(name, value);
});
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

const alone = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'alone', namespace: 'default' },
  spec: { nodeName, containers: [{ name: 'main', image: 'demo' }] },
};

let told = '';
const ports = {
  out: (text: string) => {
    told = text;
  },
};
const running = { signal: new AbortController().signal, onInterrupt: { first: '', second: () => '' } };
const asked = { remote: true, cluster: 'demo', stack: 'NodeLifecycle', output: 'table', hook: 'wait' } as const;
const plan = (changes: Partial<PlanOptions>, names = [nodeName]) =>
  actPlan(names, { ...asked, maxUnavailable: 1, ...changes }, ports, running);
const start = (changes: Partial<StartOptions>) =>
  actStart([nodeName], { ...asked, maxUnavailable: 1, ...changes }, ports, running);
const status = (changes: Partial<StatusOptions>) => actStatus([], { ...asked, ...changes }, ports, running);
const stop = (changes: Partial<StopOptions>, names: string[]) =>
  actStop(names, { ...asked, ...changes }, ports, running);
const { cluster: _, ...withoutCluster } = asked;

test.each<[string, () => Promise<number>, RegExp]>([
  [
    'no cluster',
    () => actPlan([nodeName], { ...withoutCluster, maxUnavailable: 1 }, ports, running),
    /^no cluster is named\n.*--cluster NAME/,
  ],
  ['no node', () => plan({}, []), /^no node is named\nName them by NODE/],
  [
    'a stack that is not there',
    () => plan({ stack: 'Nope' }),
    /^there is no stack Nope .*\nPass --stack NAME.*--function/,
  ],
  ['a stack that is older', () => plan({ stack: 'Older' }), /puts out no ManualFunctionName.*\nPass --stack/],
  [
    'a network that is not there',
    () => plan({ stack: 'Networks', network: 'x' }),
    /has no network x\nIt has: Private\.$/,
  ],
  ['a function that is not there', () => plan({ function: 'x' }), /^there is no function x .*\nSee --function/],
  [
    'a function that throws',
    () => plan({ function: 'failing' }),
    /^function failing failed: TypeError: the settings are not whole\nIts log has more: aws logs tail \/aws\/lambda\/failing/,
  ],
  ['a function of somebody else', () => plan({ function: 'other' }), /does not know\nIs --function one that drains/],
  [
    'a cluster that EKS does not have',
    () => status({ cluster: 'prod' }),
    /EKS has no cluster prod .*\naws eks list-cl/,
  ],
  [
    'a node that is not there',
    () => plan({}, [`${nodeName}x`]),
    /there is no node .*\nWas ip-10-0-1-10.ec2.internal m/,
  ],
  ['two ways to say what stops', () => stop({ all: true }, ['n']), /^it is not clear what is to stop\nPass one of/],
  [
    'a cluster that only another network reaches',
    async () => {
      remote.cloud.cluster.faults.add({ match: /./, effect: { reset: 'before' } });
      return status({ stack: 'Networks' });
    },
    /\nWhere it is reached from a network of its own: --network Private\.$/,
  ],
])('says what is wrong and the next step for %s', { timeout: 30_000 }, async (_title, act, message) => {
  const error = await act().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  remote.cloud.cluster.faults.clear();
  if (!(error instanceof CommandError)) throw error;
  expect(`${error.message}\n${error.next}`).toMatch(message);
});

test('a pod that blocks is told of by start and by plan, exit code 1, and nothing is changed', async () => {
  expect(await start({})).toBe(1);
  expect(told).toMatch(/nothing was changed[\s\S]*default\/alone[\s\S]*--force/);
  expect(await plan({})).toBe(1);
  expect(told).toContain('alone');
  expect(remote.cloud.marked()).toEqual([]);
});

test('a dry run is answered by the function, with what the API server says', async () => {
  expect(await start({ dryRun: 'server', force: true })).toBe(0);
  expect(told).toMatch(/evict +default\/alone +accepted[\s\S]*Nothing was changed/);
  expect(remote.cloud.marked()).toEqual([]);
});

const refusing = (status: number, type: string, Message: string): FaultRule => ({
  service: 'lambda',
  match: /^Invoke$/,
  effect: { answer: { status, headers: { 'x-amzn-errortype': type }, body: { Message } } },
});

test('ends with 3 and names the right that is missing', { timeout: 30_000 }, async () => {
  const restore = remote.account.faults.add(refusing(403, 'AccessDeniedException', 'User: ana is not authorized'));
  const { code, out, err } = await remote.enl('drain', 'plan', '--remote', '-c', 'demo', nodeName);
  restore();
  expect({ code, out }).toEqual({ code: 3, out: '' });
  expect(err).toMatch(
    /^enl: .*not allowed: lambda:InvokeFunction\nWhoever runs this needs the IAM action lambda:InvokeF.*\n$/,
  );
});

test('says that a throttled function was not asked', { timeout: 60_000 }, async () => {
  const random = vi.spyOn(Math, 'random').mockReturnValue(0);
  const restore = remote.account.faults.add(refusing(429, 'TooManyRequestsException', 'Rate Exceeded.'));
  const error = await plan({}).catch((reason: CommandError) => reason);
  restore();
  random.mockRestore();
  expect(error).toMatchObject({
    message: expect.stringMatching(/is throttled: Rate Exceeded\.$/),
    next: expect.stringMatching(/^Nothing was done/),
  });
});
