import { join } from 'node:path';
import { NotToBeHadError } from '../not-to-be-had.ts';
import type { Environment } from '../test-kubeconfig.ts';
import { type Binaries, type BinaryName, binaryNames, stages } from './artefacts.ts';
import { type CacheFolder, executable, findCacheFolder } from './cache-folder.ts';
import { compile } from './compile.ts';
import { goVersion, type Tools } from './run-go.ts';

export interface Sources {
  found: Partial<Record<BinaryName, string>>;
  toCompile: BinaryName[];
  cache: CacheFolder;
}

/** Where each binary comes from: KUBEBUILDER_ASSETS first, as in envtest, then the cache folder, then the compiler. */
export function planBinaries(wanted: readonly BinaryName[], env: Environment): Sources {
  const cache = findCacheFolder(env);
  const found: Sources['found'] = {};
  for (const name of wanted) {
    // kwok is of use only with its stages.
    const given = env.KUBEBUILDER_ASSETS && name !== 'kwok' ? executable(env.KUBEBUILDER_ASSETS, name) : undefined;
    if (given) found[name] = given;
    else if (cache.has(name)) found[name] = join(cache.path, name);
  }
  const missing = binaryNames.filter((name) => wanted.includes(name) && !found[name]);
  return { found, toCompile: cache.outdated && missing.length > 0 ? binaryNames : missing, cache };
}

/** The Go with which the missing ones can be compiled; undefined when nothing is missing. Throws NotToBeHadError when there is none. */
export async function compilerFor({ toCompile }: Sources, tools: Tools): Promise<string | undefined> {
  if (toCompile.length === 0) return undefined;
  const version = await goVersion(tools);
  if (!version)
    throw new NotToBeHadError(`no ${toCompile.join(', no ')}, and no Go 1.26 or newer on the PATH to compile them`);
  return version;
}

/** Compiles what is missing. Throws NotToBeHadError without Go, or with what the compiler said. */
export async function findBinaries(wanted: readonly BinaryName[], tools: Tools): Promise<Binaries> {
  const sources = planBinaries(wanted, tools.env);
  const { found, toCompile, cache } = sources;
  if (await compilerFor(sources, tools)) await compile(toCompile, cache, tools);
  const paths = { ...found };
  for (const name of toCompile) paths[name] ??= join(cache.path, name);
  return { paths, stages: wanted.includes('kwok') ? Object.keys(stages).map((file) => join(cache.path, file)) : [] };
}
