import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { clusterLogGroup } from '../../../shared/log-query/log-group.ts';
import type { LogGroup } from '../../../shared/log-query/logs-port.ts';
import { type LogFacts, type NoLog, type WantedLog, whyNoLog } from '../../../shared/log-query/why-no-log.ts';

const groupName = '/aws/eks/prod/cluster';
const group: LogGroup = { name: groupName, class: 'STANDARD', storedBytes: 0, createdAt: Date.UTC(2026, 0, 1) };
const wanted: WantedLog = { groupName, streams: ['audit'], discoveredFields: () => ['verb'], region: 'eu-west-1' };
const prod = { name: 'prod', logTypes: ['audit', 'api'] as const };
const createGroup =
  'aws logs create-log-group --log-group-name /aws/eks/prod/cluster --log-group-class STANDARD --region eu-west-1';
const range = (end: string) => ({ startSeconds: 0, endSeconds: Date.parse(end) / 1000 });

describe('what keeps a query from its log', () => {
  it.each<[string, Partial<WantedLog>, LogFacts]>([
    ['the log is written and its group is there', {}, { group, cluster: prod }],
    ['another log is switched off', { streams: ['apiserver'] }, { group, cluster: { ...prod, logTypes: ['api'] } }],
    ['any log will do and one is written', { streams: [] }, { group, cluster: { ...prod, logTypes: ['scheduler'] } }],
    ["the group is no cluster's", { streams: ['cloudtrail'] }, { group }],
    [
      'a query of a group without discovery only parses messages',
      { discoveredFields: () => [] },
      {
        group: { ...group, class: 'INFREQUENT_ACCESS' },
        cluster: prod,
      },
    ],
    [
      'the range ends in the first second of the group',
      { range: range('2026-01-01T00:00:00Z') },
      { group, cluster: prod },
    ],
  ])('is nothing when %s', (_, more, facts) => {
    expect(whyNoLog({ ...wanted, ...more }, facts)).toBeUndefined();
  });

  it.each<[string, Partial<WantedLog>, LogFacts, Partial<NoLog>]>([
    [
      'the log is switched off',
      {},
      { group: undefined, cluster: { ...prod, logTypes: ['api'] } },
      {
        code: 'logging-off',
        text: 'control-plane logging of cluster prod is switched off for audit',
        command: `aws eks update-cluster-config --name prod --logging '{"clusterLogging":[{"types":["audit"],"enabled":true}]}' --region eu-west-1`,
      },
    ],
    [
      'one of two logs is switched off, and there is what was written before',
      { streams: ['audit', 'scheduler'] },
      { group, cluster: prod },
      {
        code: 'logging-off',
        text: `control-plane logging of cluster prod is switched off for scheduler; log group ${groupName} can only hold what was logged before`,
        holdsOlder: true,
      },
    ],
    [
      'any log would do and none is written',
      { streams: [] },
      { group: undefined, cluster: { ...prod, logTypes: [] } },
      { code: 'logging-off', text: 'control-plane logging of cluster prod is switched off for audit' },
    ],
    [
      'there is no such cluster',
      {},
      { group: undefined, cluster: { name: 'prod', logTypes: 'gone' } },
      {
        code: 'no-such-cluster',
        text: 'EKS knows no cluster prod in eu-west-1',
        command: 'aws eks list-clusters --region eu-west-1',
      },
    ],
    [
      'the cluster is gone and its log is not',
      {},
      { group, cluster: { name: 'prod', logTypes: 'gone' } },
      { code: 'no-such-cluster', text: expect.stringContaining('has outlived it'), holdsOlder: true },
    ],
    [
      'the log is written and its group is not there',
      {},
      { group: undefined, cluster: prod },
      { code: 'no-log-group', text: expect.stringContaining('is switched on'), command: createGroup },
    ],
    [
      'there is no group of CloudTrail',
      { groupName: 'trail', streams: ['cloudtrail'] },
      { group: undefined },
      {
        code: 'no-log-group',
        text: 'there is no log group trail in eu-west-1',
        command: 'aws logs describe-log-groups --log-group-name-prefix trail --region eu-west-1',
      },
    ],
    [
      'the class discovers no fields and the query needs them',
      { discoveredFields: () => ['stage', 'verb', 'code', 'user.username', 'auditID'] },
      { group: { ...group, class: 'INFREQUENT_ACCESS' }, cluster: { ...prod, logTypes: [] } },
      {
        code: 'infrequent-access',
        text: expect.stringMatching(
          /class INFREQUENT_ACCESS.* reads stage, verb, code and 2 more: it would find nothing/,
        ),
        command: createGroup,
      },
    ],
    [
      'it is not known whether the class discovers fields',
      {},
      { group: { ...group, class: 'ESSENTIALS' }, cluster: prod },
      { code: 'infrequent-access', text: expect.stringContaining('class ESSENTIALS') },
    ],
    [
      'the class cannot be queried at all',
      { discoveredFields: () => [] },
      { group: { ...group, class: 'DELIVERY' }, cluster: prod },
      { code: 'delivery-class', text: expect.stringContaining('cannot be queried'), command: createGroup },
    ],
    [
      'the range was over before the group',
      { range: range('2025-12-31T23:59:58Z') },
      { group, cluster: prod },
      {
        code: 'before-log-group',
        text: `log group ${groupName} was created at 2026-01-01T00:00:00.000Z, after the end of the range, 2025-12-31T23:59:58.000Z`,
      },
    ],
  ])('is told when %s', (_, more, facts, told) => {
    const noLog = whyNoLog({ ...wanted, ...more }, facts);
    expect(noLog).toMatchObject(told);
    expect(noLog?.holdsOlder).toBe(told.holdsOlder);
  });

  it('comes with a command whose words a shell leaves as they are, whatever the cluster is called', () => {
    const name = `prod'; echo "$HOME" \`id\` #`;
    const { command = '' } = whyNoLog(wanted, { group: undefined, cluster: { name, logTypes: [] } }) ?? {};
    const words = execFileSync('sh', ['-c', `aws() { printf '%s\\n' "$@"; }; ${command}`], { encoding: 'utf8' });
    const logging = { clusterLogging: [{ types: ['audit'], enabled: true }] };
    expect(words.split('\n').slice(0, 6)).toEqual([
      'eks',
      'update-cluster-config',
      '--name',
      name,
      '--logging',
      JSON.stringify(logging),
    ]);
  });
});

describe('the log group of a cluster', () => {
  it('is named by it', () => {
    expect(clusterLogGroup('prod_1-A')).toBe('/aws/eks/prod_1-A/cluster');
    expect(clusterLogGroup('a'.repeat(100))).toHaveLength(117);
  });

  it.each(['', '-prod', 'prod/../x', 'a b', 'prod\n', 'prod\u001b[31m', 'a'.repeat(101), 'prød'])(
    'is not made of %j, which is the name of no cluster',
    (name) => {
      expect(() => clusterLogGroup(name)).toThrow(/^"\P{Cc}*" is not the name of an EKS cluster: /u);
    },
  );
});
