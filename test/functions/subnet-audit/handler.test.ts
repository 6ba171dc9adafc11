import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { bundle } from '../../../infra/bundle.ts';
import type { AuditReport } from '../../../shared/audit/audit-report.ts';
import { startAudit, topicArn } from './start-audit.ts';

const folder = '/bucket/audits/subnet-audit/123456789012/eu-west-1/';

function buildIt(): string {
  const built = mkdtempSync(join(tmpdir(), 'built-audit-'));
  onTestFinished(() => rmSync(built, { recursive: true }));
  bundle('functions/subnet-audit/handler.ts', join(built, 'subnet-audit'));
  return built;
}

it.each([
  ['the source', () => undefined],
  ['the bundle that is shipped', buildIt],
])(
  '%s reads a network, keeps report and page, and tells EventBridge, SNS and Security Hub',
  { timeout: 60_000 },
  async (_, built) => {
    const { invoke, s3, bodies, calls, unknown, lines } = await startAudit({}, built());
    const output = (await invoke()) as { report: string; new: number };
    expect(unknown).toEqual([]);
    expect([...s3.objects.keys()].map((key) => key.replace(/\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z/, 'INSTANT')).sort()).toEqual(
      ['INSTANT.html', 'INSTANT.json', 'latest.html', 'latest.json', 'security-hub.json'].map((name) => folder + name),
    );
    const report: AuditReport = JSON.parse(s3.objects.get(`${folder}latest.json`) ?? '');
    expect(output.report).toMatch(/^s3:\/\/bucket\/audits\/subnet-audit\/123456789012\/eu-west-1\/.*Z\.json$/);
    expect(report.results.some(({ status }) => status === 'FAIL')).toBe(true);
    expect(s3.objects.get(`${folder}latest.html`)).toContain('subnet-1');

    const entries = (bodies.PutEvents ?? []).flatMap((body) => JSON.parse(body).Entries);
    expect(entries).toHaveLength(output.new);
    expect(entries[0]).toMatchObject({ Source: 'eks-node-lifecycle', DetailType: 'Audit Finding New' });
    expect(JSON.parse(entries[0].Detail)).toMatchObject({
      change: 'new',
      report: output.report,
      finding: { cluster: 'demo' },
    });
    const [message] = (bodies.Publish ?? []).map((body) => new URLSearchParams(body));
    expect(message?.get('TopicArn')).toBe(topicArn);
    expect(message?.get('Subject')).toBe(`subnet-audit 123456789012 eu-west-1: ${output.new} new, 0 resolved`);
    expect(calls.filter((each) => each === 'POST /findings/import')).toHaveLength(
      Math.ceil(report.results.length / 100),
    );
    await vi.waitFor(() => expect(lines.find(({ message }) => message === 'audit ended')).toBeDefined());
    expect(lines.filter((line) => 'AuditsSucceeded' in line)).toMatchObject([{ service: 'subnet-audit' }]);
  },
);

describe('in trouble, the function', () => {
  it('goes on without what it may not read: that is unknown, and which right it would take is said once', async () => {
    const { invoke, s3, denied } = await startAudit({ securityHub: false, topicArn: undefined });
    denied.add('DescribeRouteTables');
    expect(await invoke()).toMatchObject({ complete: false });
    const report: AuditReport = JSON.parse(s3.objects.get(`${folder}latest.json`) ?? '');
    const actions = report.denied.map(({ action }) => action);
    expect(actions.filter((action) => action === 'ec2:DescribeRouteTables')).toHaveLength(1);
    expect(report.run.complete).toBe(false);
    expect(report.counts.UNKNOWN).toBeGreaterThan(0);
  });

  it.each([
    ['it may not list clusters', { deny: 'GET /clusters', text: '', why: /listing the clusters of eu-west-1/ }],
    ['its waivers are wrong', { deny: '', text: 'waivers:\n  - id: NET-5', why: /w\.yaml:2/ }],
  ])('fails when %s: nothing was audited', async (_, { deny, text, why }) => {
    const { invoke, s3, denied, lines } = await startAudit({ waivers: 's3://bucket/w.yaml' });
    s3.objects.set('/bucket/w.yaml', text || 'waivers: []');
    denied.add(deny);
    await expect(invoke()).rejects.toThrow(why);
    expect([...s3.objects.keys()]).toEqual(['/bucket/w.yaml']);
    await vi.waitFor(() => expect(lines.map(({ message }) => message)).toContain('audit failed'));
  });
});
