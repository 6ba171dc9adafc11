import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../test-kubeconfig.ts';
import { type BinaryName, filesOf, moduleHash } from './artefacts.ts';

export interface CacheFolder {
  path: string;
  has(name: BinaryName): boolean;
  /** Made from other versions than ours: all of it is to be replaced. */
  outdated: boolean;
}

export const stampFile = '.built-from';

/**
 * Where compiled binaries are kept: CONTROL_PLANE_BIN, or a folder for each set of versions in the user's cache. A file in it is whole, since
 * it came by a rename. A folder without a stamp is taken for what someone put there.
 */
export function findCacheFolder(env: Environment): CacheFolder {
  const path =
    env.CONTROL_PLANE_BIN || join(userCache(env), 'eks-node-lifecycle/control-plane', moduleHash().slice(0, 12));
  const stamp = join(path, stampFile);
  const outdated = existsSync(stamp) && readFileSync(stamp, 'utf8').trim() !== moduleHash();
  return { path, outdated, has: (name) => !outdated && filesOf(name).every((file) => existsSync(join(path, file))) };
}

function userCache(env: Environment): string {
  return env.XDG_CACHE_HOME || join(env.HOME ?? homedir(), '.cache');
}

/** The file, if it is there and may be run. */
export function executable(folder: string, name: BinaryName): string | undefined {
  const path = join(folder, name);
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    // Absent or not for us: someone else has to have it.
    return undefined;
  }
}
