import type { Command } from 'commander';
import { describe, expect, it, test, vi } from 'vitest';
import { checkRequest, type HookRequest, UsageError } from '../../../cli/hooks/hook-request.ts';
import { createProgram } from '../../../cli/program.ts';
import { roleArn, topicArn } from './start-hooks.ts';

const request: HookRequest = {
  command: 'install',
  clusterName: 'demo',
  groupNames: [],
  requireTag: false,
  kinds: ['terminate'],
  topicArn,
  roleArn,
  heartbeatSeconds: 1800,
  output: 'text',
  yes: false,
  dryRun: false,
  force: false,
  tellChanges: false,
};

describe('a request is refused', () => {
  test.each<[string, Partial<HookRequest>, string, RegExp]>([
    ['to ask in JSON', { output: 'json' }, 'JSON leaves no room', /--yes/],
  ])('%s', (_title, changes, message, next) => {
    const check = () => checkRequest({ ...request, ...changes }, { interactive: true });
    expect(check).toThrow(UsageError);
    expect(check).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message), next: expect.stringMatching(next) }),
    );
  });

  it('where nobody can be asked, unless there is no need to', () => {
    const check = (changes: Partial<HookRequest>) => () =>
      checkRequest({ ...request, ...changes }, { interactive: false });
    expect(check({})).toThrow('this is no terminal');
    for (const changes of [{ yes: true }, { dryRun: true }, { command: 'plan' }] as const)
      expect(check(changes)).not.toThrow();
  });

  it('not where somebody can be asked', () => {
    expect(() => checkRequest(request, { interactive: true })).not.toThrow();
  });
});

test.each([
  ['a cluster that cannot be one', ['-c', 'a b'], 'expected the name of an EKS cluster'],
  [
    'a queue as topic',
    ['-c', 'demo', '--topic', 'arn:aws:sqs:eu-west-1:123456789012:q'],
    'the ARN of a standard SNS topic',
  ],
  ['a user as role', ['-c', 'demo', '--role', 'arn:aws:iam::123456789012:user/a'], 'expected the ARN of a role'],
  ['too short a heartbeat', ['-c', 'demo', '--heartbeat-timeout', '29'], 'a whole number from 30 to 7200'],
  ['another kind of hook', ['-c', 'demo', '--only', 'stop'], 'Allowed choices are terminate, launch'],
])('the command line refuses %s', async (_title, args, message) => {
  const program = createProgram({ out: () => {} });
  throwing(program);
  await expect(program.parseAsync(['hooks', 'install', ...args], { from: 'user' })).rejects.toThrow(message);
});

test('a bad topic in the environment is refused with the name of the variable', async () => {
  vi.stubEnv('ENL_TOPIC_ARN', 'x');
  const program = createProgram({ out: () => {} });
  throwing(program);
  const parsed = program.parseAsync(['hooks', 'plan', '-c', 'demo'], { from: 'user' });
  await expect(parsed).rejects.toThrow("value 'x' from env 'ENL_TOPIC_ARN' is invalid");
});

/** Instead of ending the process. */
function throwing(command: Command): void {
  command.exitOverride().configureOutput({ writeErr: () => {} });
  for (const each of command.commands) throwing(each);
}
