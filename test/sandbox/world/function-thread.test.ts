import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startFunction } from '../../../sandbox/world/function-thread.ts';

const never = new AbortController().signal;
const settings = { ENL_TOPIC_ARNS: 'arn:aws:sns:us-east-1:123456789012:t', ENL_REPORT_FOLDER: '/nowhere' };

function start(environment: Record<string, string>) {
  const lines: string[] = [];
  const onLine = (line: string) => void lines.push(line);
  const arn = 'arn:aws:lambda:us-east-1:123456789012:function:terminate';
  const thread = startFunction({ folder: 'terminate', arn, environment, timeoutSeconds: 60, onLine });
  onTestFinished(thread.close);
  return thread;
}

it('rejects with the name and the message of what the handler throws, and takes the next event', async () => {
  const thread = start({ ...settings, AWS_REGION: 'us-east-1' });
  for (const event of [{}, null]) {
    await expect(thread.invoke(event, never)).rejects.toMatchObject({
      name: 'TypeError',
      message: expect.stringContaining('not the input of a tick'),
    });
  }
});

it('rejects with the reason for which the handler does not load, nothing of this process being in its environment', async () => {
  process.env.ENL_HOOK_NAMES = 'drain';
  onTestFinished(() => void delete process.env.ENL_HOOK_NAMES);
  await expect(start({}).invoke({}, never)).rejects.toMatchObject({
    name: 'ConfigError',
    message: expect.stringContaining('ENL_HOOK_NAMES, ENL_TOPIC_ARNS: one of them must say'),
  });
});

it('rejects with the reason of the caller who gives up', async () => {
  const thread = start(settings);
  await expect(thread.invoke({}, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  const giveUp = new AbortController();
  const invoked = thread.invoke({}, giveUp.signal);
  giveUp.abort(new Error('too slow'));
  await expect(invoked).rejects.toThrow('too slow');
});

it('has told all that the handler wrote before it answers, for it may be ended then', async () => {
  const built = mkdtempSync(join(tmpdir(), 'function-'));
  onTestFinished(() => rmSync(built, { recursive: true }));
  mkdirSync(join(built, 'terminate'));
  const writes = 'for (let i = 0; i < 2000; i += 1) console[i % 2 ? "error" : "log"]("line");';
  writeFileSync(
    join(built, 'terminate', 'index.mjs'),
    `export const handler = async () => { ${writes} return 'done'; };`,
  );
  const lines: string[] = [];
  const names = { folder: 'terminate', arn: 'arn', environment: {}, timeoutSeconds: 60 };
  const thread = startFunction({ ...names, built, onLine: (line) => void lines.push(line) });
  expect(await thread.invoke({}, never)).toBe('done');
  await thread.close();
  expect(lines).toHaveLength(2000);
});
