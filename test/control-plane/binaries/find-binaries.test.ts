import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeGo } from '../fake-go.ts';
import { NotToBeHadError } from '../not-to-be-had.ts';
import { type BinaryName, binaryNames, moduleHash, stages } from './artefacts.ts';
import { findBinaries, planBinaries } from './find-binaries.ts';
import type { Tools } from './run-go.ts';

let folder: string;
let bin: string;
let said: string[];
const noGuard = { over: () => () => {} };
beforeEach(() => {
  ({ folder, bin } = createFakeGo());
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const inCache = (...path: string[]) => join(folder, 'cache', ...path);
const tools = (env: Record<string, string> = {}, signal = new AbortController().signal): Tools => ({
  env: { PATH: `${bin}:/usr/bin:/bin`, CONTROL_PLANE_BIN: inCache(), ...env },
  guard: noGuard,
  signal,
  say: (line) => void said.push(line),
});
const put = (path: string, mode = 0o755) => {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, 'given\n');
  chmodSync(path, mode);
};
const everything: BinaryName[] = [...binaryNames];

/** Processes start slowly on a machine that is busy. */
const patience = { timeout: 30_000 };

describe('a binary', patience, () => {
  it('comes from KUBEBUILDER_ASSETS, then from the cache folder, then from the compiler', () => {
    const assets = join(folder, 'assets');
    put(join(assets, 'etcd'));
    put(join(assets, 'kube-apiserver'), 0o644);
    put(inCache('kube-apiserver'));
    put(inCache('etcd'));
    const { found, toCompile } = planBinaries(['etcd', 'kube-apiserver', 'kubectl'], {
      ...tools().env,
      KUBEBUILDER_ASSETS: assets,
    });
    expect(found).toEqual({ etcd: join(assets, 'etcd'), 'kube-apiserver': inCache('kube-apiserver') });
    expect(toCompile).toEqual(['kubectl']);
  });

  it.each([
    [{ XDG_CACHE_HOME: '/x' }, '/x/eks-node-lifecycle/control-plane'],
    [{ HOME: '/home/me' }, '/home/me/.cache/eks-node-lifecycle/control-plane'],
  ])('is kept in the cache of the user, one folder for all the versions: %o', (env, path) => {
    expect(planBinaries([], env).cache.path).toBe(join(path, moduleHash().slice(0, 12)));
  });

  it('that is not there is not to be had without Go, or with an old one', async () => {
    const refusal = 'no kubectl, no etcd, and no Go 1.26 or newer on the PATH';
    await expect(findBinaries(['etcd', 'kubectl'], tools({ PATH: '/nowhere' }))).rejects.toThrow(refusal);
    await expect(findBinaries(['etcd', 'kubectl'], tools({ GO_VERSION: 'go1.25.9' }))).rejects.toThrow(NotToBeHadError);
    expect(existsSync(inCache())).toBe(false);
  });
});

describe('a build', patience, () => {
  it('says what it compiles, stamps the folder, and is not done again', async () => {
    const { paths, stages: files } = await findBinaries(everything, tools());
    expect(said[0]).toMatch(/^compiling kube-apiserver: 1 of 6, about \d+ min/);
    expect(said[1]).toMatch(/^compiled kube-apiserver in \d+ s$/);
    for (const name of everything) expect(readFileSync(String(paths[name]), 'utf8')).toBe(`${name}\n`);
    for (const file of files) expect(readFileSync(file, 'utf8')).toBe('a stage\n');
    expect(readdirSync(inCache()).sort()).toEqual(['.built-from', ...everything, ...Object.keys(stages)].sort());
    await findBinaries(everything, tools({ PATH: '/nowhere' }));
    expect(said).toHaveLength(2 * everything.length);
  });

  it('compiles no more than what is missing, and never what someone put there', async () => {
    put(inCache('etcd'));
    await findBinaries(['etcd', 'kubectl'], tools());
    expect(readFileSync(inCache('etcd'), 'utf8')).toBe('given\n');
    expect(readFileSync(inCache('kubectl'), 'utf8')).toBe('kubectl\n');
    expect(existsSync(inCache('.built-from'))).toBe(false);
  });

  it('adds the stages of a kwok that lacks them', async () => {
    put(inCache('kwok'));
    await findBinaries(['kwok'], tools());
    expect(readFileSync(inCache('kwok'), 'utf8')).toBe('given\n');
    expect(existsSync(inCache('kwok-pod-ready.yaml'))).toBe(true);
  });

  it('replaces all of a folder that was made from other versions', async () => {
    for (const name of everything) put(inCache(name));
    writeFileSync(inCache('.built-from'), 'other\n');
    await findBinaries(['etcd'], tools());
    for (const name of everything) expect(readFileSync(inCache(name), 'utf8')).toBe(`${name}\n`);
    expect(readFileSync(inCache('.built-from'), 'utf8')).toBe(`${moduleHash()}\n`);
  });

  it('that is interrupted leaves nothing that is taken for whole', async () => {
    const controller = new AbortController();
    const interrupted = findBinaries(['etcd', 'kubectl'], tools({ HANG: 'kubectl' }, controller.signal));
    const halfBuilt = () =>
      readdirSync(inCache(), { recursive: true }).some((path) => String(path).endsWith('/kubectl'));
    await expect.poll(() => existsSync(inCache()) && halfBuilt(), patience).toBe(true);
    controller.abort(new Error('enough'));
    await expect(interrupted).rejects.toThrow('enough');
    expect(readdirSync(inCache())).toEqual([]);
  });

  it('that fails says what the compiler said', async () => {
    await expect(findBinaries(['etcd'], tools({ BREAK: 'etcd' }))).rejects.toThrow(
      /exit code 1\n {2}undefined: something/,
    );
    expect(readdirSync(inCache())).toEqual([]);
  });

  it('beside another one at the same time leaves a whole folder', async () => {
    await Promise.all([findBinaries(everything, tools()), findBinaries(everything, tools())]);
    expect(planBinaries(everything, tools().env).toCompile).toEqual([]);
    for (const name of everything) expect(readFileSync(inCache(name), 'utf8')).toBe(`${name}\n`);
    expect(readdirSync(inCache()).filter((file) => file.startsWith('.building'))).toEqual([]);
  });
});
