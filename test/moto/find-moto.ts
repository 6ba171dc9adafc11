import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export const motoVersion = '5.2.5';

export const waysToGetIt = `What there may be instead:
  MOTO_SERVER=FILE   a moto_server that is installed already
  python3            3.9 or newer, with venv and pip: moto[server] ${motoVersion} is
                     installed into eks-node-lifecycle/ in $XDG_CACHE_HOME or
                     ~/.cache; PYTHON=FILE names another Python
`;

/** It is not there and cannot be made. */
export class NoMotoError extends Error {
  override name = 'NoMotoError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the server is, or where it would be put. */
export function planMoto(env: Environment): { server: string; python?: string } {
  const { MOTO_SERVER, PYTHON = 'python3' } = env;
  if (MOTO_SERVER) {
    if (!existsSync(MOTO_SERVER)) throw new NoMotoError(`MOTO_SERVER is ${MOTO_SERVER}, which is not there`);
    return { server: MOTO_SERVER };
  }
  const folder = venvFolder(env);
  const server = join(folder, 'bin', 'moto_server');
  // Written last: an installation that was cut off leaves none.
  if (existsSync(join(folder, 'complete')) && existsSync(server)) return { server };
  try {
    execFileSync(PYTHON, ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))'], {
      stdio: 'ignore',
    });
  } catch (cause) {
    throw new NoMotoError(`${PYTHON} is not there, is too old, or has no venv`, { cause });
  }
  return { server, python: PYTHON };
}

export function venvFolder({ XDG_CACHE_HOME, HOME }: Environment): string {
  return join(XDG_CACHE_HOME || join(HOME ?? homedir(), '.cache'), 'eks-node-lifecycle', `moto-${motoVersion}`);
}
