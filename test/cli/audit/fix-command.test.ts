import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { twoClusters } from '../../shared/audit/fix/two-clusters.ts';
import { elb, internalElb } from '../../shared/audit/network/builders.ts';

const entry = fileURLToPath(new URL('../../../cli/enl.ts', import.meta.url));
const file = join(mkdtempSync(join(tmpdir(), 'enl-fix-')), 'network.json');

function enl(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [entry, 'audit', 'subnets', ...args], { timeout: 30_000 }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

it('a dry run goes by a file and asks AWS nothing; without one a fix asks somebody', async () => {
  const key = 'kubernetes.io/role/elb';
  const snapshot = twoClusters({
    'in-a': { zone: 'a', tags: internalElb },
    'in-b': { zone: 'b', tags: internalElb },
    a: { zone: 'a', via: 'igw', tags: elb },
    b: { zone: 'b', via: 'igw', tags: { [key]: 'true' } },
  });
  writeFileSync(file, JSON.stringify(snapshot));
  const [text, json, live, none] = await Promise.all([
    enl('--fix', '--dry-run', '--snapshot', file),
    enl('--fix', '--dry-run', '--snapshot', file, '-o', 'json'),
    enl('--fix'),
    enl('--undo', 'nowhere.json', '--dry-run', '--region', 'eu-west-1'),
  ]);
  expect(text).toMatchObject({ code: 0, err: 'enl: nothing was changed\n' });
  expect(text.out).toContain(`  ~ b  ${key}="true" -> "1"\n`);
  expect(JSON.parse(json.out)).toMatchObject({ changes: [{ subnet: 'b', key, before: 'true', after: '1' }], left: [] });
  expect(live).toMatchObject({ code: 3, out: '', err: expect.stringContaining('nobody can be asked') });
  expect(none).toMatchObject({ code: 3, err: 'enl: reading nowhere.json: there is no such file or folder\n' });
}, 60_000);
