import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { motoVersion, NoMotoError, planMoto, venvFolder } from './find-moto.ts';

const cache = mkdtempSync(join(tmpdir(), 'enl-find-moto-'));
afterAll(() => rmSync(cache, { recursive: true }));

describe('moto', () => {
  it.each([
    [{ XDG_CACHE_HOME: '/x' }, '/x/eks-node-lifecycle/moto'],
    [{ HOME: '/home/me' }, '/home/me/.cache/eks-node-lifecycle/moto'],
  ])('is kept in the cache of %j, by its version', (env, path) => {
    expect(venvFolder(env)).toBe(`${path}-${motoVersion}`);
  });

  it('is not to be had without a Python', () => {
    const env = { XDG_CACHE_HOME: cache, PYTHON: '/nowhere/python' };
    expect(() => planMoto(env)).toThrow(NoMotoError);
    expect(() => planMoto(env)).toThrow('/nowhere/python is not there, is too old, or has no venv');
  });

  it('is where somebody says, or nowhere', () => {
    expect(() => planMoto({ MOTO_SERVER: '/nowhere/moto_server' })).toThrow('which is not there');
    expect(planMoto({ MOTO_SERVER: process.execPath })).toEqual({ server: process.execPath });
  });

  it('needs no Python once it is installed, which an installation that was cut off is not', () => {
    const env = { XDG_CACHE_HOME: cache, PYTHON: '/nowhere/python' };
    const bin = join(venvFolder(env), 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'moto_server'), '');
    expect(() => planMoto(env)).toThrow(NoMotoError);
    writeFileSync(join(venvFolder(env), 'complete'), '');
    expect(planMoto(env)).toEqual({ server: join(bin, 'moto_server') });
  });
});
