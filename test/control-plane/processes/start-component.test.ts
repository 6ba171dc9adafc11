import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openGroup } from './open-group.ts';
import { startComponent } from './start-component.ts';

const guard = { over: () => () => {} };
const folder = mkdtempSync(join(tmpdir(), 'components-'));
afterAll(() => rmSync(folder, { recursive: true }));

const shell = (name: string, script: string) => ({ name, command: '/bin/sh', args: ['-c', script] });
const lives = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false; // there is no such process
  }
};

/** Processes start slowly on a machine that is busy. */
const patience = { timeout: 30_000 };

describe('a component', patience, () => {
  it('that ends by itself is told with the end of its log', async () => {
    const script = 'for i in 1 2 3 4 5 6 7 8 9; do echo line $i; done; echo because >&2; exit 3';
    const { failed } = startComponent(shell('etcd', script), { folder, guard });
    await expect(failed).rejects.toThrow(
      /^etcd ended with exit code 3\. The end of its log:\n {2}line 3\n(.*\n)+ {2}because$/,
    );
  });

  it('that cannot be started is told, too', async () => {
    const { failed, stop } = startComponent({ name: 'absent', command: '/nowhere', args: [] }, { folder, guard });
    await expect(failed).rejects.toThrow('absent could not be started');
    await stop();
  });

  it('sees no settings in our environment', async () => {
    process.env.ETCD_NAME = 'ours';
    const { failed } = startComponent(shell('env', 'env'), { folder, guard });
    await expect(failed).rejects.toThrow();
    expect(readFileSync(join(folder, 'env.log'), 'utf8')).not.toContain('ETCD_NAME');
    delete process.env.ETCD_NAME;
  });

  it('ends with what it started, and its folder with it, when its group is closed', async () => {
    const own = mkdtempSync(join(folder, 'group-'));
    const group = openGroup(own, { guard, keep: false, signal: new AbortController().signal });
    group.start([shell('parent', 'sleep 60 & echo $! > child; wait')]);
    const child = () => (existsSync(join(own, 'child')) ? Number(readFileSync(join(own, 'child'), 'utf8')) : 0);
    await expect.poll(child, patience).toBeGreaterThan(0);
    const pid = child();
    await group.close();
    await expect.poll(() => lives(pid), patience).toBe(false);
    expect(existsSync(own)).toBe(false);
  });
});

describe('the guardian', patience, () => {
  it('ends what a process that is killed leaves behind', async () => {
    const own = mkdtempSync(join(folder, 'killed-'));
    const script = join(folder, 'parent.ts');
    writeFileSync(
      script,
      `import { startGuard } from '${import.meta.dirname}/guard.ts';
       import { openGroup } from '${import.meta.dirname}/open-group.ts';
       const group = openGroup('${own}', { guard: startGuard(), keep: false, signal: new AbortController().signal });
       group.start([{ name: 'sleeper', command: '/bin/sh', args: ['-c', 'echo $$ > pid; exec sleep 60'] }]);
       setInterval(() => {}, 1000);`,
    );
    const parent = spawn(process.execPath, [script], { stdio: 'ignore' });
    const sleeper = () => (existsSync(join(own, 'pid')) ? Number(readFileSync(join(own, 'pid'), 'utf8')) : 0);
    await expect.poll(sleeper, patience).toBeGreaterThan(0);
    const pid = sleeper();
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    await expect.poll(() => lives(pid), patience).toBe(false);
    await expect.poll(() => existsSync(own), patience).toBe(false);
  });
});
