import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTagsCommand, DescribeTagsCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditReport } from '../../shared/audit/audit-report.ts';
import type { FixRecord } from '../../shared/audit/fix/fix-record.ts';
import { buildCluster, buildNetwork, type Network, openClients } from './build-network.ts';
import { runEnl } from './run-enl.ts';
import { type Moto, startMoto } from './start-moto.ts';

const folder = mkdtempSync(join(tmpdir(), 'enl-moto-fix-'));
const record = join(folder, 'record.json');
const key = 'kubernetes.io/role/elb';
let moto: Moto;
let clients: ReturnType<typeof openClients>;
let network: Network;

beforeAll(async () => {
  moto = await startMoto();
  clients = openClients(moto.url);
  network = await buildNetwork(clients, {
    'public-a': { zone: 'a', way: 'igw', tags: { [key]: '1' } },
    'public-b': { zone: 'b', way: 'igw', tags: { [key]: 'true' } },
    'private-c': { zone: 'c', way: 'main', tags: { [key]: '1' } },
    'inside-a': { zone: 'a', way: 'main', tags: { 'kubernetes.io/role/internal-elb': '1' } },
    'inside-b': { zone: 'b', way: 'main', tags: { 'kubernetes.io/role/internal-elb': '1' } },
  });
  await buildCluster(clients, 'one', network, ['public-a', 'public-b']);
  await buildCluster(clients, 'two', network, ['public-a', 'public-b']);
});

afterAll(async () => {
  await moto?.stop();
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]) => runEnl(moto.url, 'audit', 'subnets', ...args);

/** Results that are wrong, of the checks that go by tags. */
async function wrong(): Promise<string[]> {
  const { results } = JSON.parse((await run('-o', 'json')).stdout) as AuditReport;
  const found = results.filter(({ id, status }) => status === 'FAIL' && id >= 'NET-02' && id <= 'NET-12');
  return [...new Set(found.map(({ id }) => id))].sort();
}

async function tags(): Promise<string[]> {
  const { Tags = [] } = await clients.ec2.send(new DescribeTagsCommand({}));
  return Tags.map(({ ResourceId, Key, Value }) => `${ResourceId} ${Key}=${Value}`).sort();
}

describe('enl audit subnets --fix against an AWS API that is not ours', () => {
  it('shows the changes of a dry run, from a file, too, and makes none', async () => {
    const file = join(folder, 'network.json');
    const before = await tags();
    await run('--save-snapshot', file);
    for (const args of [[], ['--snapshot', file]]) {
      const { code, stdout } = await run('--fix', '--dry-run', ...args);
      expect(stdout).toContain(`  ~ ${network.subnets['public-b']} (public-b)  ${key}="true" -> "1"`);
      expect(stdout).toContain(`  - ${network.subnets['private-c']} (private-c)  ${key}="1"`);
      expect(code).toBe(0);
    }
    expect(await run('--fix', '--snapshot', file, '--yes')).toMatchObject({ code: 3 });
    expect(await run('--fix')).toMatchObject({ code: 3, stderr: expect.stringContaining('nobody can be asked') });
    expect(await tags()).toEqual(before);
  });

  it('audits, fixes, finds nothing any more, and takes back', async () => {
    const before = await tags();
    expect(await wrong()).toEqual(['NET-02', 'NET-05']);
    const { code, stderr } = await run('--fix', '--yes', '--record', record);
    expect(stderr).toContain(`2 of 2 changes made; to take back what was done: enl audit subnets --undo ${record}`);
    expect(code).toBe(0);
    expect((JSON.parse(readFileSync(record, 'utf8')) as FixRecord).changes.map(({ done }) => done)).toEqual([
      true,
      true,
    ]);
    expect(await wrong()).toEqual([]);
    expect((await run('--fix', '--yes')).stdout).toContain('No change of tags would repair anything');
    expect(await run('--undo', record, '--yes')).toMatchObject({ code: 0 });
    expect(await tags()).toEqual(before);
  });

  it('takes back what still is as it was written, and leaves what somebody changed meanwhile', async () => {
    const again = join(folder, 'again.json');
    await run('--fix', '--yes', '--record', again);
    const Resources = [network.subnets['public-b'] ?? ''];
    await clients.ec2.send(new CreateTagsCommand({ Resources, Tags: [{ Key: key, Value: '' }] }));
    const { code, stdout } = await run('--undo', again, '--yes');
    expect(stdout).toContain(`${key} has changed meanwhile, and is left: it is ""`);
    expect(code).toBe(1);
    expect(await tags()).toContain(`${network.subnets['private-c']} ${key}=1`);
    expect(await run('--undo', again, '--yes', '--region', 'us-east-1')).toMatchObject({ code: 3 });
  });
});
