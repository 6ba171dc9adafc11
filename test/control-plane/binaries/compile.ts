import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BinaryName, moduleHash, packages, stages, versionOf } from './artefacts.ts';
import { type CacheFolder, stampFile } from './cache-folder.ts';
import { runGo, type Tools } from './run-go.ts';

/**
 * Compiles from published Go modules into the cache folder. Each file is made in a folder beside and then renamed, and the stamp comes last:
 * a build that is killed leaves no half of a file, and of two at the same time the last one wins with the same bytes.
 */
export async function compile(names: readonly BinaryName[], cache: CacheFolder, tools: Tools): Promise<void> {
  mkdirSync(cache.path, { recursive: true });
  const there = cache.outdated ? [] : readdirSync(cache.path);
  const isNew = there.every((file) => file.startsWith('.'));
  const workshop = mkdtempSync(join(cache.path, '.building-'));
  const release = tools.guard.over({ folder: workshop });
  try {
    for (const [index, name] of names.entries()) {
      if (!there.includes(name)) {
        tools.say(
          `compiling ${name}: ${index + 1} of ${names.length}, about ${packages[name].minutes} min on two cores`,
        );
        await build(name, workshop, tools);
      }
      if (name === 'kwok') await copyStages(workshop, tools);
    }
    for (const file of readdirSync(workshop)) renameSync(join(workshop, file), join(cache.path, file));
    if (!isNew) return;
    writeFileSync(join(workshop, stampFile), `${moduleHash()}\n`);
    renameSync(join(workshop, stampFile), join(cache.path, stampFile));
  } finally {
    rmSync(workshop, { recursive: true, force: true });
    release();
  }
}

async function build(name: BinaryName, folder: string, tools: Tools): Promise<void> {
  const startedAt = performance.now();
  const flags = ['-mod=readonly', '-trimpath', `-ldflags=${linkerFlags()}`];
  await runGo(['build', ...flags, '-o', join(folder, name), packages[name].path], tools);
  tools.say(`compiled ${name} in ${Math.round((performance.now() - startedAt) / 1000)} s`);
}

async function copyStages(folder: string, tools: Tools): Promise<void> {
  const { Dir } = JSON.parse(await runGo(['mod', 'download', '-json', 'sigs.k8s.io/kwok'], tools)) as { Dir: string };
  for (const [file, path] of Object.entries(stages)) copyFileSync(join(Dir, path), join(folder, file));
}

/** As the project's own release builds do, so that `/version` tells the version. */
function linkerFlags(): string {
  const version = versionOf('k8s.io/kubernetes');
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
  const values = { gitVersion: version, gitMajor: major, gitMinor: minor };
  const set = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((module) =>
    Object.entries(values).map(([name, value]) => `-X ${module}.${name}=${value}`),
  );
  return ['-s', '-w', ...set].join(' ');
}
