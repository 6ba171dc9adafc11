import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteTagsCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditReport } from '../../shared/audit/audit-report.ts';
import { buildCluster, buildNetwork, type Network, openClients } from './build-network.ts';
import { runEnl } from './run-enl.ts';
import { type Moto, startMoto } from './start-moto.ts';

const folder = mkdtempSync(join(tmpdir(), 'enl-moto-'));
let moto: Moto;
let clients: ReturnType<typeof openClients>;
let wrong: Network;

beforeAll(async () => {
  moto = await startMoto();
  clients = openClients(moto.url);
  wrong = await buildNetwork(clients, {
    'public-a': { zone: 'a', way: 'igw', tags: { 'kubernetes.io/role/elb': '1' } },
    'public-b': { zone: 'b', way: 'igw', tags: { 'kubernetes.io/role/elb': 'true' } },
    'private-a': { zone: 'a', way: 'main', tags: { 'kubernetes.io/role/elb': '1' } },
  });
  await buildCluster(clients, 'wrong', wrong, ['public-a', 'public-b']);
  const right = await buildNetwork(clients, {
    'public-a': { zone: 'a', way: 'igw', tags: { 'kubernetes.io/role/elb': '1' } },
    'public-b': { zone: 'b', way: 'igw', tags: { 'kubernetes.io/role/elb': '1' } },
  });
  await buildCluster(clients, 'right', right);
});

afterAll(async () => {
  await moto?.stop();
  rmSync(folder, { recursive: true });
});

async function audit(...args: string[]) {
  const ended = await runEnl(moto.url, 'audit', 'subnets', '-o', 'json', ...args);
  const report = ended.stdout === '' ? undefined : (JSON.parse(ended.stdout) as AuditReport);
  const failed = (id: string) =>
    (report?.results ?? [])
      .filter((each) => each.id === id && each.status === 'FAIL')
      .map(({ cluster, resource }) => `${cluster} ${resource.split('/').at(-1)}`)
      .sort();
  return { ...ended, report, failed };
}

describe('enl audit subnets against an AWS API that is not ours', () => {
  it('finds the tag with a value that nothing looks for, and the tag on a subnet that the internet does not reach', async () => {
    const { code, failed, report, stderr } = await audit();
    const { subnets } = wrong;
    expect(stderr).toContain('looked at 2 clusters in 2 VPCs of eu-west-1');
    expect(report?.run).toMatchObject({ account: '123456789012', partition: 'aws', clusters: ['right', 'wrong'] });
    expect(failed('NET-05')).toEqual([`wrong ${subnets['public-b']}`]);
    expect(failed('NET-02')).toEqual([`wrong ${subnets['private-a']}`]);
    expect(code).toBe(1);
  });

  it('says the same of what it saved, when AWS is asked no more', async () => {
    const file = join(folder, 'network.json');
    const live = await audit('--save-snapshot', file);
    const later = await runEnl('http://127.0.0.1:9', 'audit', 'subnets', '-o', 'json', '--snapshot', file);
    const told = (report: AuditReport | undefined) => report?.results.map((each) => ({ ...each, since: undefined }));
    expect(told(JSON.parse(later.stdout))).toEqual(told(live.report));
    expect(readFileSync(file, 'utf8')).not.toContain('certificateAuthority');
  });

  it('looks at one cluster alone, and says what there is in place of one that is not there', async () => {
    expect((await audit('--cluster', 'right')).report?.run).toMatchObject({ clusters: ['right'], allClusters: false });
    const { code, stderr } = await audit('--cluster', 'rihgt');
    expect(stderr).toContain('there is no EKS cluster rihgt in eu-west-1\nDid you mean right?');
    expect(code).toBe(3);
  });

  it('finds nothing there to audit in another region', async () => {
    const { code, stderr } = await audit('--region', 'us-east-1');
    expect(stderr).toContain('there is no EKS cluster in us-east-1');
    expect(code).toBe(3);
  });

  it('is content when the tags are put right', async () => {
    const { subnets } = wrong;
    const Resources = [subnets['private-a'] ?? ''];
    await clients.ec2.send(new DeleteTagsCommand({ Resources, Tags: [{ Key: 'kubernetes.io/role/elb' }] }));
    const { failed } = await audit('--cluster', 'wrong');
    expect(failed('NET-02')).toEqual([]);
    expect(failed('NET-05')).toHaveLength(1);
  });
});
