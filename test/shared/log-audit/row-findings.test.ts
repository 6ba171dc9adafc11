import { describe, expect, it } from 'vitest';
import { mostFindings, rowFindings } from '../../../shared/log-audit/row-findings.ts';
import { scheduledQueries } from '../../../shared/log-audit/scheduled-queries.ts';
import type { Row } from '../../../shared/log-insights/query.ts';

const range = { startSeconds: 1_795_250_000, endSeconds: 1_795_253_600 };
const group = '/aws/eks/demo/cluster';

function found(name: string, rows: readonly Row[]) {
  const [query] = scheduledQueries([name]);
  if (!query) throw new Error(`no query ${name}`);
  return rowFindings(query, rows, { cluster: 'demo', group, range });
}

const patch = { verb: 'patch', code: '200', who: 'jo', arn: 'arn:aws:iam::123456789012:role/admin' };
const at = (minute: number) => ({ '@timestamp': `2026-11-21 10:${String(minute).padStart(2, '0')}:00.000` });

describe('rows of a query', () => {
  it('are one finding when they are of one matter, with how many there are and when the last was', () => {
    const [finding, ...others] = found('aws-auth-changes', [
      { ...at(5), ...patch, '@ptr': 'b' },
      { ...at(40), ...patch, '@ptr': 'c' },
      { ...at(3), ...patch, '@ptr': 'a' },
    ]);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      ...{ status: 'FAIL', severity: 'high', resource: 'configmaps/kube-system/aws-auth' },
      matter: 'high: patch by jo arn:aws:iam::123456789012:role/admin',
      text: expect.stringMatching(
        /^Changes of aws-auth: patch by jo .*, 3 rows of the log, last at 2026-11-21T10:40:00.000Z$/,
      ),
      evidence: {
        lastSeen: '2026-11-21T10:40:00.000Z',
        found: 3,
        query: 'enl query run aws-auth-changes --cluster demo --start 2026-11-21T08:33:20Z --end 2026-11-21T09:33:20Z',
        rows: [at(40), at(5), at(3)].map((row) => ({ ...row, ...patch })),
      },
    });
  });

  it('are several findings when somebody else did it, or something worse', () => {
    const mapRoles = 'groups: [system:masters]';
    const rows = [
      { ...at(1), ...patch },
      { ...at(2), ...patch, who: 'al' },
      { ...at(3), ...patch, mapRoles },
    ];
    expect(found('aws-auth-changes', rows).map(({ matter }) => matter)).toEqual([
      'critical: patch by jo arn:aws:iam::123456789012:role/admin',
      'high: patch by al arn:aws:iam::123456789012:role/admin',
      'high: patch by jo arn:aws:iam::123456789012:role/admin',
    ]);
  });

  it('are counted once an event, by the id that the API server gave it or by its place in the log', () => {
    const row = { ...at(1), ...patch };
    const rows = [
      { ...row, auditID: '1' },
      { ...row, auditID: '1' },
      { ...row, '@ptr': '2' },
      { ...row, '@ptr': '2' },
    ];
    expect(found('aws-auth-changes', rows)[0]?.evidence.found).toBe(2);
  });

  it('are all looked at when somebody gives several requests the same id, as anybody may', () => {
    const shell = { auditID: 'x', sub: 'exec', user: 'jo', end: '2026-11-21 10:00:00.000' };
    const rows = [
      { ...shell, res: 'pods', ns: 'shop', name: 'web-1', status: '403' },
      { ...shell, res: 'pods', ns: 'kube-system', name: 'etcd', status: '101' },
    ];
    expect(found('exec', rows).map(({ severity }) => severity)).toEqual(['high', 'low']);
  });

  it('are no finding when the rule says so, and a warning when it is not that bad', () => {
    expect(found('anonymous', [{ code: '403', verb: 'get', requestURI: '/api' }])).toEqual([]);
    expect(
      found('deprecated-apis', [{ g: 'policy', v: 'v1beta1', res: 'podsecuritypolicies', who: 'jo' }]),
    ).toMatchObject([{ status: 'WARN', severity: 'low', resource: 'policy/v1beta1/podsecuritypolicies' }]);
  });

  it('keep a minute parameter at what it is when nobody gives one', () => {
    const row = { ns: 'shop', pod: 'web-1', budget: 'web', who: 'jo', refused: '30', first: '1795250000000' };
    const lasting = (minutes: number) => ({ ...row, last: String(1_795_250_000_000 + minutes * 60_000) });
    expect(found('eviction-refused', [lasting(15)])).toEqual([]);
    expect(found('eviction-refused', [lasting(16)])).toMatchObject([{ resource: 'pods/shop/web-1', severity: 'high' }]);
  });

  it('that have no instant were seen at the end of the window', () => {
    const [finding] = found('fail-open', [{ webhook: 'w', phase: 'mutation', res: 'pods' }]);
    expect(finding?.evidence.lastSeen).toBe(new Date(range.endSeconds * 1000).toISOString());
  });

  it('reach words and resource without what a terminal would act on, and not at any length', () => {
    const name = `x\u001b[2J\u202e${'y'.repeat(2_000)}`;
    const [finding] = found('destructive-deletes', [
      { ...at(1), res: 'namespaces', name, who: `a\nb`, verb: 'delete' },
    ]);
    expect(finding?.resource).toMatch(/^namespaces\/x \[2J yyy/);
    expect(finding?.resource.length).toBeLessThanOrEqual(500);
    expect(finding?.matter).toBe('high: delete by a b');
  });

  it('are cut off at some number of findings, the worst kept, and how many more there are is said', () => {
    const rows = Array.from({ length: mostFindings + 30 }, (_, index) => ({
      ...{ ...at(1), verb: 'delete', who: 'jo', code: '200', name: `n${index}` },
      res: index < 40 ? 'namespaces' : 'statefulsets',
    }));
    const all = found('destructive-deletes', rows.toReversed());
    expect(all).toHaveLength(mostFindings + 1);
    expect(all.filter(({ severity }) => severity === 'high')).toHaveLength(40);
    expect(all.at(-1)).toMatchObject({ severity: 'medium', matter: 'more', text: expect.stringContaining('30 more') });
  });
});
