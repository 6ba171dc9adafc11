import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { motoVersion, NoMotoError, planMoto, venvFolder } from './find-moto.ts';

const installSeconds = 300;

/** The server's path, installed if need be. Throws a NoMotoError. */
export function installMoto(env: Readonly<Record<string, string | undefined>>, say: (text: string) => void): string {
  const { server, python } = planMoto(env);
  if (python === undefined) return server;
  const folder = venvFolder(env);
  say(`installing moto[server] ${motoVersion} into ${folder}`);
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(dirname(folder), { recursive: true });
    execFileSync(python, ['-m', 'venv', folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: installSeconds * 1000,
    });
    const pip = ['install', '--quiet', '--disable-pip-version-check', `moto[server]==${motoVersion}`];
    execFileSync(join(folder, 'bin', 'pip'), pip, {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: installSeconds * 1000,
    });
  } catch (cause) {
    const said = String((cause as { stderr?: Buffer }).stderr ?? cause);
    throw new NoMotoError(`installing moto[server]: ${said.trim().split('\n').at(-1)}`, { cause });
  }
  writeFileSync(join(folder, 'complete'), '');
  return server;
}
