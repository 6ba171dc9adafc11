import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { KubernetesUser } from '../../../sandbox/aws/eks-service.ts';
import { kubeconfigOf } from '../../cli/drain/start-cli.ts';
import type { ControlPlane } from './control-plane.ts';

const entry = fileURLToPath(new URL('../../../cli/enl.ts', import.meta.url));

/** `enl` as a process in a folder of its own, which goes with the test. */
export function openEnl(atTheEnd: (close: () => Promise<void>) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'enl-plan-'));
  atTheEnd(async () => rmSync(folder, { recursive: true }));
  return {
    folder,
    /** A kubeconfig of somebody who may what a user of these groups may, and nothing else. */
    async kubeconfigFor(plane: ControlPlane, as: KubernetesUser): Promise<string> {
      const front = await plane.openFront(async () => as);
      atTheEnd(front.close);
      const file = join(folder, `${as.user}.config`);
      writeFileSync(file, kubeconfigOf(front, { [as.user]: { token: as.user } }));
      return file;
    },
    async run(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
      const env = { PATH: process.env.PATH ?? '', HOME: folder };
      const child = spawn(process.execPath, [entry, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
      atTheEnd(async () => void child.kill('SIGKILL'));
      const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
      const [code, out, err] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
      return { code, out, err };
    },
  };
}
