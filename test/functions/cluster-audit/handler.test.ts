import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { bundle } from '../../../infra/bundle.ts';
import { refusal } from '../../../sandbox/aws/service-faults.ts';
import { findingsIn, startAudit, valuesOf, whatOf } from './start-audit.ts';

const demo = { 'kubernetes.io/cluster/demo': 'owned' };
const ofDemo = [
  'FAIL high ASG-04/demo/demo-new',
  'WARN medium ASG-05/demo/demo-spot/eks-node-lifecycle-terminate',
  'WARN medium ASG-05/demo/demo-spot/several',
  'PASS high ASG-04/demo/demo-by-hand',
  'PASS high ASG-04/demo/demo-spot',
  'PASS high ASG-04/demo/demo-workers',
  'PASS medium ASG-05/demo/demo-by-hand',
  'PASS medium ASG-05/demo/demo-workers',
];

describe('the audit of clusters', () => {
  it('keeps a report of what it found, says what is wrong, and counts it by severity', async () => {
    const { invoke, reports, s3, lines } = await startAudit();
    const output = await invoke();
    const [report] = reports();
    expect(findingsIn(report)).toEqual(ofDemo);
    expect(report?.leftAlone.map(({ resource, code }) => `${resource} ${code}`)).toEqual([
      'demo-batch opted-out',
      'eks-system-4ac0 managed-node-group',
    ]);
    expect(report).toMatchObject({
      version: 2,
      run: { audit: 'cluster-audit', account: '123456789012', region: 'eu-west-1', clusters: ['demo'], complete: true },
    });
    const [path = ''] = s3.objects.keys();
    expect(path).toMatch(/^\/bucket\/audits\/cluster-audit\/\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z\.json$/);
    const counts = { FAIL: 1, WARN: 2, UNKNOWN: 0, PASS: 5, NOT_APPLICABLE: 0, waived: 0 };
    expect(output).toEqual({ report: `s3:/${path}`, complete: true, counts });

    await vi.waitFor(() => expect(valuesOf(lines, 'AuditsSucceeded')).toEqual([1]));
    expect(valuesOf(lines, 'AuditFindings')).toEqual([0, 1, 2, 0, 0]);
    expect(valuesOf(lines, 'AuditUnknowns')).toEqual([0]);
    const told = lines.filter(({ message }) => message === 'audit finding');
    expect(told.map((each) => whatOf(each as never))).toEqual(ofDemo.slice(0, 3).map((text) => text.split(' ')[2]));
    expect(told[0]).toMatchObject({ level: 'WARN', id: 'ASG-04', cluster: 'demo', resource: 'demo-new' });
    expect(told[0]).toMatchObject({
      remediation: { command: expect.stringMatching(/^aws autoscaling put-lifecycle-hook --region eu-west-1 /) },
    });
    expect(lines.find(({ message }) => message === 'audit ended')).toMatchObject({ complete: true, counts });
  });

  it('looks at each cluster, at every page of its groups, and says of one without groups that nothing was checked', async () => {
    const { invoke, reports, sandbox } = await startAudit({ clusterNames: ['other', 'demo', 'nowhere'] });
    for (let at = 100; at < 220; at++) sandbox.scaling.addGroup({ name: `g-${at}`, tags: demo, hooks: [] });
    await invoke();
    const found = findingsIn(reports()[0]);
    expect(found.filter((text) => text.startsWith('FAIL high ASG-04/demo/g-'))).toHaveLength(120);
    expect(found).toContain('FAIL high ASG-04/other/other-workers');
    expect(found).toContain('WARN low ASG-04/nowhere/nowhere/no-groups');
    expect(reports()[0]?.run.clusters).toEqual(['other', 'demo', 'nowhere']);
  });

  it('knows a group that keeps what its hooks abandon, and does not know whose one with two clusters is', async () => {
    const { invoke, reports, sandbox } = await startAudit({ clusterNames: ['twin'] });
    const twin = { 'kubernetes.io/cluster/twin': 'owned' };
    const hooks = [
      { name: 'eks-node-lifecycle-terminate', heartbeatSeconds: 1800, defaultResult: 'CONTINUE' as const },
    ];
    sandbox.scaling.addGroup({ name: 'keeps', tags: twin, hooks, retainsAbandoned: true });
    sandbox.scaling.addGroup({ name: 'both', tags: { ...twin, ...demo }, hooks });
    await invoke();
    expect(findingsIn(reports()[0])).toEqual([
      'WARN medium ASG-05/twin/keeps/eks-node-lifecycle-terminate',
      'WARN medium ASG-05/twin/keeps/retention',
      'UNKNOWN high ASG-04/twin/both',
      'UNKNOWN medium ASG-05/twin/both',
      'PASS high ASG-04/twin/keeps',
    ]);
  });
});

describe('in trouble, the audit', () => {
  it.each([
    ['DescribeAutoScalingGroups', /may not look.*autoscaling:DescribeAutoScalingGroups/],
    ['DescribeLifecycleHooks', /may not look.*autoscaling:DescribeLifecycleHooks/],
  ])(
    'says that it does not know what it may not look at, and with which right it would: %s',
    async (operation, text) => {
      const { invoke, reports, sandbox, lines } = await startAudit();
      sandbox.faults.add({ match: new RegExp(operation), effect: refusal('autoscaling', 'denied') });
      expect(await invoke()).toMatchObject({ complete: false, counts: { FAIL: 0, PASS: 0, UNKNOWN: 2 } });
      expect(findingsIn(reports()[0])).toEqual(['UNKNOWN high ASG-04/demo/demo', 'UNKNOWN medium ASG-05/demo/demo']);
      expect(reports()[0]?.results[0]).toMatchObject({
        reason: expect.stringMatching(text),
        evidence: { right: `autoscaling:${operation}` },
      });
      await vi.waitFor(() => expect(valuesOf(lines, 'AuditUnknowns')).toEqual([2]));
    },
  );

  it('repeats what is throttled and says so; a group whose hooks cannot be read is unknown, and the others are judged', async () => {
    const { invoke, reports, sandbox, lines } = await startAudit();
    sandbox.faults.add({ match: /Groups/, times: 1, effect: refusal('autoscaling', 'throttled') });
    let hit: unknown;
    sandbox.faults.add({
      match: (operation) => {
        if (operation !== 'DescribeLifecycleHooks') return false;
        hit ??= sandbox.calls.at(-1)?.input.AutoScalingGroupName;
        return sandbox.calls.at(-1)?.input.AutoScalingGroupName === hit;
      },
      effect: refusal('autoscaling', 'broken'),
    });
    expect(await invoke()).toMatchObject({ complete: false, counts: { UNKNOWN: 2 } });
    const found = findingsIn(reports()[0]);
    expect(found.filter((text) => text.startsWith('UNKNOWN')).map((text) => text.split('/').at(-1))).toEqual([
      hit,
      hit,
    ]);
    expect(found.filter((text) => text.includes('ASG-04'))).toHaveLength(4);
    await vi.waitFor(() => expect(valuesOf(lines, 'CallsRepeated')).toContain(1));
  });

  it('fails when its report cannot be kept or the groups cannot be listed, and does not count as a success', async () => {
    const { invoke, s3, sandbox, lines } = await startAudit();
    s3.trouble.push(...Array(5).fill('InternalError'));
    await expect(invoke()).rejects.toThrow(/saving report s3:\/\/bucket\/audits\//);
    sandbox.faults.add({ match: /Groups/, effect: refusal('autoscaling', 'broken') });
    await expect(invoke()).rejects.toThrow('describing the groups of cluster demo');
    await vi.waitFor(() => expect(lines.filter(({ message }) => message === 'audit failed')).toHaveLength(2));
    expect(valuesOf(lines, 'AuditsSucceeded')).toEqual([]);
    expect(valuesOf(lines, 'AuditFindings')).toEqual([]);
  });
});

it('the bundle that is shipped does what the source does', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'built-audit-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  bundle('functions/cluster-audit/handler.ts', join(folder, 'cluster-audit'));
  const { invoke, reports } = await startAudit({ built: folder });
  await invoke();
  expect(findingsIn(reports()[0])).toEqual(ofDemo);
});
