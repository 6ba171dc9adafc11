import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { bundle } from '../../../infra/bundle.ts';
import type { AuditReport } from '../../../shared/audit/audit-report.ts';
import { deletion } from './log-world.ts';
import { startAuditLog, topicArn } from './start-audit-log.ts';

const folder = '/bucket/audits/audit-log/123456789012/eu-west-1/';
const startedAt = new Date().toISOString();
const begun = { execution: 'run-1', startedAt, state: null };

function buildIt(): string {
  const built = mkdtempSync(join(tmpdir(), 'built-audit-log-'));
  onTestFinished(() => rmSync(built, { recursive: true }));
  bundle('functions/audit-log/handler.ts', join(built, 'audit-log'));
  return built;
}

it.each([
  ['the source', () => undefined],
  ['the bundle that is shipped', buildIt],
])(
  '%s asks CloudWatch, keeps report and page, and tells EventBridge, SNS and Security Hub',
  { timeout: 60_000 },
  async (_, built) => {
    const { invoke, s3, bodies, unknown, lines, happens, addCluster } = await startAuditLog({}, built());
    addCluster('other');
    happens(deletion('shop'), 60);
    expect(await invoke(begun)).toMatchObject({ done: true, waitSeconds: 0, state: { ended: [0, 1] } });
    expect(unknown).toEqual([]);
    const instant = startedAt.replaceAll(':', '');
    const names = [`${instant}.html`, `${instant}.json`, 'latest.html', 'latest.json'];
    const run = ['runs/run-1/demo/Q28.json', 'runs/run-1/other/Q28.json', 'runs/run-1/plan.json'];
    expect([...s3.objects.keys()].sort()).toEqual(
      [...names, 'looked-at.json', ...run, 'security-hub.json'].map((name) => folder + name),
    );
    const report: AuditReport = JSON.parse(s3.objects.get(`${folder}latest.json`) ?? '');
    expect(report.run).toMatchObject({
      partition: 'aws',
      clusters: ['demo', 'other'],
      allClusters: true,
      complete: true,
    });
    expect(report.results.map(({ id, status, resource }) => [id, status, resource])).toEqual([
      ['LOG-Q28', 'FAIL', 'namespaces/shop'],
      ['LOG-Q28', 'PASS', '/aws/eks/other/cluster'],
    ]);
    expect(s3.objects.get(`${folder}latest.html`)).toContain('namespaces/shop');
    expect(bodies.PutEvents).toHaveLength(1);
    const [message] = (bodies.Publish ?? []).map((body) => new URLSearchParams(body));
    expect(message?.get('TopicArn')).toBe(topicArn);
    expect(message?.get('Subject')).toBe('audit-log 123456789012 eu-west-1: 1 new, 0 resolved');
    expect(bodies['POST /findings/import']).toHaveLength(1);
    await vi.waitFor(() => expect(lines.find(({ message }) => message === 'audit ended')).toBeDefined());
    const metric = (name: string) => lines.filter((line) => name in line);
    expect(metric('AuditsSucceeded')).toMatchObject([{ service: 'audit-log' }]);
    expect(metric('LogBytesScanned')).toHaveLength(1);
  },
);

describe('the function', () => {
  it('refuses an input that no state machine of ours sends, and does nothing', async () => {
    const { invoke, s3, aws } = await startAuditLog();
    await expect(invoke({ execution: 'run-1', startedAt })).rejects.toThrow(/state/);
    await expect(invoke({ ...begun, execution: '../x' })).rejects.toThrow(/execution/);
    await expect(invoke({ ...begun, startedAt: 'noon' })).rejects.toThrow(/startedAt: is no instant/);
    expect([s3.objects.size, aws.calls.length]).toEqual([0, 0]);
  });

  it('asks CloudTrail, too, and keeps until when it did, where the settings name the log group of a trail', async () => {
    const { invoke, s3, aws } = await startAuditLog({ queries: ['Q21', 'Q28'], cloudTrailLogGroup: 'trail' });
    aws.logs.addGroup('trail', { createdAt: Date.now() - 30 * 86_400_000 });
    expect(await invoke(begun)).toMatchObject({ done: true, state: { ended: [0, 1] } });
    const report: AuditReport = JSON.parse(s3.objects.get(`${folder}latest.json`) ?? '');
    expect(report.results.map(({ id, cluster, status }) => [id, cluster, status])).toEqual([
      ['LOG-Q21', '', 'PASS'],
      ['LOG-Q28', 'demo', 'PASS'],
    ]);
    expect(s3.objects.has(`${folder}runs/run-1/Q21.json`)).toBe(true);
    expect(Object.keys(JSON.parse(s3.objects.get(`${folder}looked-at.json`) ?? '').until)).toContain('Q21');
  });

  it('does not start with queries that there are not', async () => {
    const { invoke, lines } = await startAuditLog({ queries: ['no-such-query'] });
    await expect(invoke(begun)).rejects.toThrow(/no-such-query is no query|ended with code 1/);
    expect(lines.filter((line) => 'AuditsSucceeded' in line)).toEqual([]);
  });
});
