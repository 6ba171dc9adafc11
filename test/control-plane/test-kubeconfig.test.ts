import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { RefusedKubeconfigError, testKubeconfig } from './test-kubeconfig.ts';

const folder = mkdtempSync(join(tmpdir(), 'kubeconfigs-'));
afterAll(() => rmSync(folder, { recursive: true }));

function kubeconfig(context: string, cluster: string): string {
  const path = join(folder, 'kubeconfig');
  const config = {
    clusters: [{ name: cluster, cluster: { server: 'https://10.1.2.3:6443' } }],
    users: [{ name: 'someone', user: {} }],
    contexts: [{ name: context, context: { cluster, user: 'someone' } }],
    'current-context': context,
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}

const production = 'arn:aws:eks:us-west-2:111122223333:cluster/shop';

describe('a kubeconfig for tests', () => {
  it.each([
    ['kind-kind', 'kind-kind'],
    ['test', 'arn:aws:eks:us-west-2:111122223333:cluster/drain-test-2'],
    ['admin@envtest', 'envtest'],
    ['Minikube', 'minikube'],
    ['local', 'local'],
  ])('is taken with the context %s of the cluster %s', (context, cluster) => {
    const path = kubeconfig(context, cluster);
    expect(testKubeconfig('TEST_KUBECONFIG', { TEST_KUBECONFIG: path })).toBe(path);
  });

  it.each([
    ['shop', production],
    ['test', production],
    ['shop', 'test'],
    ['latest', 'latest'],
    ['mankind', 'locals'],
    ['contest-1', 'attestation'],
  ])('is refused with the context %s of the cluster %s', (context, cluster) => {
    const env = { TEST_KUBECONFIG: kubeconfig(context, cluster) };
    expect(() => testKubeconfig('TEST_KUBECONFIG', env)).toThrow(RefusedKubeconfigError);
  });

  it('is refused in words that name what was found and how to allow it', () => {
    const env = { TEST_KUBECONFIG_CONTROLLERS: kubeconfig('shop', production) };
    const message = `TEST_KUBECONFIG_CONTROLLERS=${folder}/kubeconfig is refused: its current context is 'shop', of the cluster '${production}' at https://10.1.2.3:6443.`;
    expect(() => testKubeconfig('TEST_KUBECONFIG_CONTROLLERS', env)).toThrow(message);
    expect(() => testKubeconfig('TEST_KUBECONFIG_CONTROLLERS', env)).toThrow("TEST_KUBECONFIG_ALLOW='shop'");
  });

  it.each([
    ['shop', true],
    ['other,shop', true],
    ['sho', false],
    ['', false],
  ])('with another name is taken, with TEST_KUBECONFIG_ALLOW=%s: %s', (allowed, taken) => {
    const path = kubeconfig('shop', production);
    const ask = () => testKubeconfig('TEST_KUBECONFIG', { TEST_KUBECONFIG: path, TEST_KUBECONFIG_ALLOW: allowed });
    if (taken) expect(ask()).toBe(path);
    else expect(ask).toThrow(RefusedKubeconfigError);
  });

  it('is refused when it cannot be read or leads to no cluster', () => {
    const ask = (path: string) => () => testKubeconfig('TEST_KUBECONFIG', { TEST_KUBECONFIG: path });
    expect(ask(join(folder, 'absent'))).toThrow('cannot be read');
    const path = kubeconfig('test', 'test');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"current-context":"test"', '"current-context":"gone"'));
    expect(ask(path)).toThrow("its current context 'gone' leads to no cluster");
  });

  it.each([{}, { TEST_KUBECONFIG: '' }])('is none in %o', (env) => {
    expect(testKubeconfig('TEST_KUBECONFIG', env)).toBeUndefined();
  });

  it('is named by the environment to nobody who does not ask here', () => {
    const root = join(import.meta.dirname, '../..');
    const readers = globSync('{sandbox,shared,test}/**/*.ts', { cwd: root }).filter((file) =>
      /\benv(\.|\[['"])TEST_KUBECONFIG/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(readers).toEqual(['test/control-plane/test-kubeconfig.ts']);
  });
});
