import { expect, it, test } from 'vitest';
import { catalogue, findQuery } from '../../../shared/log-insights/catalogue.ts';
import type { Row } from '../../../shared/log-insights/query.ts';
import { millisecondsIn, numberIn, spanMinutes } from '../../../shared/log-insights/row-values.ts';

const ok = { code: '200' };
const no = { code: '403' };
const span = (minutes: number, refused = 16) => {
  const last = String(1_795_250_000_000 + minutes * 60_000);
  return { refused: String(refused), first: '1795250000000', last };
};
const adminPolicy = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
const viewPolicy = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';
const masters = '- rolearn: arn:aws:iam::123456789012:role/x\n  groups: [system:masters]';

const cases: [name: string, row: Row, severity: string | undefined][] = [
  ['eviction-refused', span(15.1), 'high'],
  ['eviction-refused', span(15), undefined],
  ['eviction-refused', { refused: '9' }, undefined],
  ['eviction-refused', span(300, 7), undefined],
  ['aws-auth-changes', { ...ok, verb: 'patch', who: 'jo', mapRoles: '[]' }, 'high'],
  ['aws-auth-changes', { ...ok, verb: 'update', who: 'eks:node-manager', mapRoles: '[]' }, 'medium'],
  ['aws-auth-changes', { ...ok, verb: 'update', who: 'eks:node-manager', mapRoles: masters }, 'critical'],
  ['aws-auth-changes', { ...ok, verb: 'patch', who: 'jo', mapUsers: masters }, 'critical'],
  ['aws-auth-changes', { ...ok, verb: 'delete', who: 'jo' }, 'critical'],
  ['aws-auth-changes', { ...no, verb: 'delete', who: 'jo' }, 'low'],
  ['access-entry-changes', { eventName: 'AssociateAccessPolicy', policy: adminPolicy }, 'critical'],
  ['access-entry-changes', { eventName: 'AssociateAccessPolicy', policy: viewPolicy }, 'medium'],
  ['access-entry-changes', { eventName: 'DisassociateAccessPolicy', policy: adminPolicy }, 'medium'],
  ['access-entry-changes', { eventName: 'CreateAccessEntry', errorCode: 'AccessDenied' }, 'low'],
  ['rbac-changes', { ...ok, verb: 'create', role: 'cluster-admin' }, 'critical'],
  ['rbac-changes', { ...ok, verb: 'delete', role: 'cluster-admin' }, 'medium'],
  ['rbac-changes', { ...ok, verb: 'patch', name: 'cluster-admin' }, 'high'],
  ['rbac-changes', { ...ok, verb: 'create', role: 'view', sn: 'system:masters' }, 'high'],
  ['rbac-changes', { ...ok, verb: 'create', role: 'view', name: 'x' }, 'medium'],
  ['rbac-changes', { ...no, verb: 'create', role: 'cluster-admin' }, 'low'],
  ['exec', { status: '101', ns: 'shop', res: 'pods' }, 'medium'],
  ['exec', { status: '101', ns: 'kube-system', res: 'pods' }, 'high'],
  ['exec', { status: '200', res: 'nodes' }, 'high'],
  ['exec', { status: '403', ns: 'kube-system', res: 'pods' }, 'low'],
  ['anonymous', ok, 'critical'],
  ['anonymous', { code: '399' }, 'critical'],
  ['anonymous', { code: '401' }, undefined],
  ['anonymous', {}, undefined],
  ['destructive-deletes', { res: 'namespaces' }, 'high'],
  ['destructive-deletes', { res: 'statefulsets' }, 'medium'],
  ['sts-endpoints', { endpoint: 'sts.amazonaws.com' }, 'low'],
  ['sts-endpoints', { endpoint: 'sts.eu-west-1.amazonaws.com' }, undefined],
  ['webhook-failures', { m: 'closed' }, 'high'],
  ['webhook-failures', { m: 'open' }, 'medium'],
  ['fail-open', {}, 'high'],
  ['webhook-changes', { ...ok, who: 'jo' }, 'medium'],
  ['webhook-changes', { ...ok, who: 'eks:addon-manager' }, undefined],
  ['webhook-changes', { ...no, who: 'jo' }, 'low'],
  ['throttled', { n: '100' }, 'medium'],
  ['throttled', { n: '99' }, undefined],
  ['server-errors', { n: '50', sub: '-' }, 'high'],
  ['server-errors', { n: '49', sub: '-' }, 'medium'],
  ['server-errors', { n: '5', sub: '-' }, 'medium'],
  ['server-errors', { n: '4', sub: '-' }, undefined],
  ['server-errors', { n: '500', sub: 'eviction' }, undefined],
  ['deprecated-apis', { removed: '1.32' }, 'medium'],
  ['deprecated-apis', {}, 'low'],
  ['etcd-health', { what: 'database space exceeded' }, 'critical'],
  ['etcd-health', { what: 'too many requests' }, 'medium'],
  ['etcd-health', { what: 'leader changed' }, undefined],
];

it.each(cases)('%s: a row %j is %s', (name, row, severity) => {
  const query = findQuery(name);
  expect(query?.severity?.of(row, { minutes: '15' })).toBe(severity);
});

test('every rule is shown, and says in words what it may answer', () => {
  const ruled = catalogue.filter(({ severity }) => severity).map(({ name }) => name);
  expect([...new Set(cases.map(([name]) => name))]).toEqual(ruled);
  for (const [name, , severity] of cases)
    if (severity) expect(findQuery(name)?.severity?.when).toMatch(new RegExp(`\\b${severity}\\b`));
});

test('refusals are a finding after as many minutes as were asked for', () => {
  const rule = findQuery('eviction-refused')?.severity;
  expect([rule?.of(span(20), { minutes: '30' }), rule?.of(span(31), { minutes: '30' })]).toEqual([undefined, 'high']);
});

test('an instant is read as a number and as a text, and what is neither is not a number', () => {
  const row = { first: '2026-11-21 10:00:00.500', last: '1.7952552605E12', text: 'x', empty: ' ' };
  expect(millisecondsIn(row, 'first')).toBe(Date.UTC(2026, 10, 21, 10, 0, 0, 500));
  expect(millisecondsIn(row, 'last')).toBe(1_795_255_260_500);
  expect(spanMinutes({ first: '2026-11-21 10:00:00.000', last: '2026-11-21 10:01:30.000' }, 'first', 'last')).toBe(1.5);
  expect([millisecondsIn(row, 'text'), millisecondsIn(row, 'none'), numberIn(row, 'empty')]).toEqual([NaN, NaN, NaN]);
});
