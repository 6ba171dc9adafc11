import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { plainTemplate, type Template } from '../../infra/plain-template.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'synth-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** With no way to any network: a proxy that is not there would be asked first. */
const offline = {
  HTTPS_PROXY: 'http://127.0.0.1:9',
  HTTP_PROXY: 'http://127.0.0.1:9',
  AWS_EC2_METADATA_DISABLED: 'true',
};

function run(script: string, args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'infra', script), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...offline, ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const settingsFile = (text: string) => {
  const file = join(folder, 'prod.yaml');
  writeFileSync(file, text);
  return file;
};

describe('npm run synth', () => {
  test('writes a template for the CDK, and one for plain CloudFormation beside the code of each function', {
    timeout: 60_000,
  }, () => {
    const file = settingsFile('stackName: Prod\naudits: { auditLog: { enabled: true } }');
    const { status, stdout } = run('synth.ts', ['--settings', file, '--output', 'out']);
    expect(stdout).toMatch(/^Prod: \d+ resources in out \(cdk deploy --app out\) and out\/template\.json\n$/);
    expect(status).toBe(0);
    const plain: Template = JSON.parse(readFileSync(join(folder, 'out/template.json'), 'utf8'));
    const synthesized: Template = JSON.parse(readFileSync(join(folder, 'out/Prod.template.json'), 'utf8'));
    expect(Object.keys(plain.Resources)).toEqual(Object.keys(synthesized.Resources));
    expect(Object.keys(plain)).toEqual(expect.not.arrayContaining(['Parameters', 'Rules', 'Conditions']));
    const functions = Object.values(plain.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    expect(functions).toHaveLength(5);
    for (const { Properties } of functions) {
      expect(existsSync(join(folder, 'out', String(Properties?.Code), 'index.mjs'))).toBe(true);
    }
    expect(JSON.stringify(plain.Resources)).not.toMatch(/cdk-[a-z0-9]+-assets|aws:cdk/);
  });

  test('says everything that is wrong with the settings, and writes nothing', () => {
    const file = settingsFile('clustrs: []\nlogLevel: loud');
    const { status, stderr, stdout } = run('synth.ts', ['--settings', file, '--output', 'none']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe(
      `2 problems in ${file}:\n` +
        `  ${file}:2: logLevel: expected one of debug, info, warn, error\n` +
        `  ${file}:1: clustrs: no setting has this name\n`,
    );
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  test('prints commands that take a template of its size: of more than 51,200 bytes they take none that is not in a bucket', () => {
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
    const { size } = statSync(join(folder, 'out/template.json'));
    const guide = readFileSync(join(root, 'docs/operations.md'), 'utf8');
    for (const text of [run('synth.ts', ['--help']).stdout, guide]) {
      const deploys = text.split('\n').filter((line) => line.includes('aws cloudformation deploy --'));
      expect(deploys.length).toBeGreaterThan(0);
      expect(deploys.map((line) => line.includes('--s3-bucket'))).toEqual(deploys.map(() => size > 51_200));
    }
  });

  test('names its options when it is given another', () => {
    const { status, stderr } = run('synth.ts', ['--setings', 'x']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^Unknown option '--setings'[\s\S]*--settings FILE/);
    expect(run('synth.ts', ['--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('--output FOLDER'),
    });
  });
});

test('what `cdk deploy -c settings=FILE` runs refuses the same settings', () => {
  const CDK_CONTEXT_JSON = JSON.stringify({ settings: settingsFile('colour: red') });
  const { status, stderr } = run('app.ts', [], { CDK_CONTEXT_JSON });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringContaining('colour: no setting has this name'),
  });
});

test('code that is not in a folder cannot be packaged', () => {
  const Resources = { Tick: { Type: 'AWS::Lambda::Function', Properties: { Code: { ZipFile: 'x' } } } };
  expect(() => plainTemplate({ Resources })).toThrow('the code of Tick is not in a folder');
});
