import { describe, expect, it, test } from 'vitest';
import { catalogue, findQuery } from '../../../shared/log-insights/catalogue.ts';
import { lines } from './log-lines.ts';

/** Each regex of a text, in the order in which they stand there. */
function patternsOf(text: string): RegExp[] {
  return [...text.matchAll(/(?:like|parse \S+) \/((?:[^/\\\n]|\\.|\[[^\]\n]*\])+)\//g)].map(
    ([, source = '']) => new RegExp(source),
  );
}

const named = (id: string) => patternsOf(findQuery(id)?.template ?? '').filter(({ source }) => source.includes('(?<'));
/** What all the named groups of a query catch in a line. */
const caught = (id: string, line: string) =>
  Object.assign({}, ...named(id).map((pattern) => ({ ...pattern.exec(line)?.groups })));
const defined = (groups: object) =>
  Object.fromEntries(Object.entries(groups).filter(([, value]) => value !== undefined));

const clock = { sh: '23', sm: '59', ss: '59', su: '750000', eh: '00', em: '00', es: '01', eu: '250000' };
const layers = { total: '1m2.5s', etcd: '523.1ms', mut: '2.5s', val: '10.2ms', apf: '1.1s' };
const pod = { pod: 'shop/web-0', err: '0/3 nodes are available: 1 Too many pods, 2 node(s) didn\'t match \\"zone\\".' };
const newTaints = '[{"key":"maintenance","value":"a","effect":"NoExecute"}]';

const cases: [id: string, line: string, groups: Record<string, string>][] = [
  ['Q01', lines.excluded, { excludeLB: 'true' }],
  ['Q01', lines.included, { excludeLB: 'null' }],
  ['Q06', lines.refused, { pdb: 'web', needs: '3', has: '3' }],
  ['Q08', lines.bound, { node: 'ip-10-0-1-7.ec2.internal' }],
  ['Q06', lines.severalBudgets, { several: 'more than one PodDisruptionBudget' }],
  ['Q06', lines.webhookClosed, { webhook: 'webhook "check.example.com"' }],
  ['Q09', lines.cordonedByOperation, { operation: 'true' }],
  ['Q09', lines.uncordonedByOperation, {}],
  ['Q10', lines.tainted, { taints: newTaints }],
  ['Q10', lines.taintedByOperation, { taints: newTaints }],
  ['Q10', lines.taintedByController, { taints: newTaints }],
  ['Q10', lines.untainted, { taints: 'null' }],
  ['Q23', '/api/v1/namespaces/a/pods/web-0/exec?command=sh&container=app&stdin=true', { container: 'app' }],
  ['Q30', lines.denied, { arn: 'arn:aws:iam::123456789012:role/nodes' }],
  ['Q31', lines.stsEndpoint, { endpoint: 'sts.amazonaws.com', arn: 'arn:aws:sts::123456789012:assumed-role/ops/jo' }],
  ['Q40', lines.webhookOpen, { webhook: 'check.example.com', mode: 'open', cause: 'context deadline exceeded' }],
  [
    'Q40',
    lines.webhookQuoted,
    { webhook: 'check.example.com', cause: 'x509: certificate signed by unknown authority' },
  ],
  [
    'Q41',
    'Internal error occurred: failed calling webhook "check.example.com": failed to call webhook: EOF',
    { failed: 'check.example.com' },
  ],
  ['Q41', 'admission webhook "check.example.com" denied the request: no owner', { denied: 'check.example.com' }],
  ['Q42', lines.failedOpen, { phase: 'validating', webhook: 'check.example.com' }],
  ['Q42', lines.failedOpenMutation, { phase: 'mutation', webhook: 'inject.example.com' }],
  ['Q46', lines.slow, layers],
  ['Q46', '523.1ms', { ms: '523.1' }],
  ['Q46', '1.5s', { sec: '1.5' }],
  ['Q46', '1m2.5s', { mins: '1', sec: '2.5' }],
  ['Q47', lines.slow, clock],
  ['Q51', lines.deprecated, { removed: '1.32' }],
  ['Q52', lines.unschedulable, pod],
  ['Q53', lines.etcdFull, { what: 'database space exceeded' }],
  ['Q53', lines.etcdLeader, { what: 'leader changed' }],
  ['Q54', 'web-5d4f8c7b9-x2k4q', { owner: 'web' }],
  ['Q54', 'my-service-x2k4q', { owner: 'my-service' }],
  ['Q58', lines.privileged, { privileged: 'true', hostPath: '/var/log' }],
];

it.each(cases)('%s catches what it is after in %.60s', (id, line, groups) => {
  expect(defined(caught(id, line))).toEqual(groups);
});

test('each query that catches something is shown to', () => {
  const catching = catalogue.filter(({ template }) => template.includes('(?<')).map(({ id }) => id);
  expect([...new Set(cases.map(([id]) => id))]).toEqual(catching);
});

test('each regex of a text is read, and compiles', () => {
  for (const { id, template } of catalogue) {
    const written = template.match(/(?:like|parse \S+) \//g)?.length ?? 0;
    expect(patternsOf(template), id).toHaveLength(written);
  }
});

describe('what the filters of a text let through', () => {
  const filterOf = (id: string, at: number) => patternsOf(findQuery(id)?.template ?? '')[at] ?? /^never$/;

  it('is a request that sets taints, and not an answer that shows them', () => {
    const { tainted, taintedByController, untainted, labelledOnly } = lines;
    const filter = filterOf('Q10', 1);
    expect([tainted, taintedByController, untainted, labelledOnly].map((line) => filter.test(line))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('is a pod deleted by a person, by taint eviction or by an operator, not by the controller of its workload', () => {
    const left = filterOf('Q12', 1);
    const account = (name: string) => `system:serviceaccount:kube-system:${name}`;
    expect(
      ['replicaset-controller', 'job-controller', 'pod-garbage-collector']
        .map(account)
        .every((name) => left.test(name)),
    ).toBe(true);
    expect(left.test('system:node:ip-10-0-1-7.ec2.internal')).toBe(true);
    expect(
      ['jo', account('taint-eviction-controller'), 'system:serviceaccount:shop:replicaset'].some((name) =>
        left.test(name),
      ),
    ).toBe(false);
  });

  it('is the log of the API server, and not its audit log', () => {
    const [reads, leaves] = [filterOf('Q40', 0), filterOf('Q40', 1)];
    const streams = ['kube-apiserver-0a1b', 'kube-apiserver-audit-0a1b', 'kube-scheduler-0a1b'];
    expect(streams.filter((stream) => reads.test(stream) && !leaves.test(stream))).toEqual(['kube-apiserver-0a1b']);
  });

  it('is a request for other than the health of the API server', () => {
    const health = filterOf('Q24', 1);
    expect(['/livez?verbose', '/readyz', '/version', '/api/v1/secrets'].map((uri) => health.test(uri))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});
