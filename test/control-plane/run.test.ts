import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'run-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** On a machine on which there is nothing but Node. */
function run(script: string, args: string[], env: Record<string, string> = {}) {
  const nothing = { PATH: folder, HOME: folder, CONTROL_PLANE_BIN: join(folder, 'bin') };
  return new Promise<{ exitCode: number | string; stdout: string; stderr: string }>((resolve) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, script), ...args],
      { env: { ...nothing, ...env } },
      (error, stdout, stderr) => resolve({ exitCode: error?.code ?? 0, stdout, stderr }),
    );
  });
}

/** Processes start slowly on a machine that is busy. */
const patience = { timeout: 30_000 };

describe('npm run test:cluster', patience, () => {
  it('says how it is used', async () => {
    const { exitCode, stdout } = await run('run.ts', ['--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('TEST_KUBECONFIG=FILE');
  });

  it.each([[['--check']], [[]]])(
    'ends with 2, what is missing and how to get it, where there is no cluster: %j',
    async (args) => {
      const { exitCode, stdout, stderr } = await run('run.ts', args);
      expect(exitCode).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toContain(
        'no kube-apiserver, no kube-controller-manager, no kube-scheduler, no kubectl, no kwok, no etcd',
      );
      for (const way of [
        'TEST_KUBECONFIG=',
        'TEST_KUBECONFIG_CONTROLLERS=',
        'KUBEBUILDER_ASSETS=',
        'CONTROL_PLANE_BIN=',
        'Go 1.26',
      ])
        expect(stderr).toContain(way);
    },
  );

  it('ends with 2 before it touches a cluster that is not called a test', async () => {
    const path = join(folder, 'kubeconfig');
    const context = { name: 'shop', context: { cluster: 'shop', user: 'me' } };
    const cluster = { name: 'shop', cluster: { server: 'https://127.0.0.1:1' } };
    writeFileSync(path, JSON.stringify({ clusters: [cluster], contexts: [context], 'current-context': 'shop' }));
    const { exitCode, stderr } = await run('run.ts', [], { TEST_KUBECONFIG: path });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^control-plane: TEST_KUBECONFIG=\S+ is refused: its current context is 'shop'/);
    const allowed = await run('run.ts', [], { TEST_KUBECONFIG: path, TEST_KUBECONFIG_ALLOW: 'shop' });
    expect(allowed.exitCode).toBe(2);
    expect(allowed.stderr).toContain('127.0.0.1:1');
  });
});

describe('npm run control-plane', patience, () => {
  it('ends with 2 where there is nothing to start, and over a word that it does not know', async () => {
    expect(await run('up.ts', [])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('no etcd') });
    expect(await run('up.ts', ['kwoq'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("what is 'kwoq'?"),
    });
    expect(await run('up.ts', ['--help'])).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Ctrl-C') });
  });
});
