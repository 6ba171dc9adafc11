import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { auditsSchema } from '../../../infra/settings/audits.ts';
import { readSettings, SettingsError } from '../../../infra/settings/read-settings.ts';
import { defaultLaunchPolicy } from '../../../shared/lifecycle/launch.ts';
import { defaultNoticePolicy } from '../../../shared/lifecycle/notice-policy.ts';
import { defaultPolicy } from '../../../shared/lifecycle/policy.ts';
import { launchTable } from '../../../shared/settings/launch.ts';
import { drainTable, noticeTable } from '../../../shared/settings/terminate.ts';

const network = 'networks: [{ name: inner, vpcId: vpc-12345678, subnetIds: [subnet-12345678] }]';

function problemsIn(text: string): readonly string[] {
  try {
    readSettings(text, 'prod.yaml');
  } catch (error) {
    if (error instanceof SettingsError) return error.problems.map((problem) => problem.trim());
    throw error;
  }
  return [];
}

const everyDay = { enabled: true, schedule: 'rate(1 day)', overdueAfterHours: 50 };

describe('a settings file', () => {
  it('that is empty has every default', () => {
    expect(readSettings('# nothing yet\n', 'prod.yaml')).toEqual({
      stackName: 'NodeLifecycle',
      clusters: [],
      networks: [],
      requireTag: false,
      hookNames: [],
      hooks: { heartbeatTimeoutSeconds: 1800 },
      drain: {},
      launch: {},
      notices: {},
      ignoredNotices: [],
      loadBalancers: 'wait',
      logLevel: 'info',
      leaseNamespace: 'eks-node-lifecycle',
      reservedConcurrency: { drain: 200, launch: 100 },
      reports: { days: 365 },
      audits: {
        clusterAudit: everyDay,
        subnetAudit: { ...everyDay, clusters: [], kubernetes: true, securityHub: false },
        auditLog: {
          ...everyDay,
          ...{ enabled: false, clusters: [], queries: [], securityHub: false },
          ...{ firstWindowHours: 24, overlapMinutes: 15, deliveryLagMinutes: 10, maxGigabytes: 100 },
        },
      },
    });
  });

  it('says of a cluster what differs from the rest', () => {
    const { clusters } = readSettings(
      `clusters: [{ name: a, groups: [{ name: a-1, launch: false }] }, { name: b, network: inner, access: none }]\n${network}`,
      'prod.yaml',
    );
    expect(clusters).toEqual([
      { name: 'a', access: 'entry', groups: [{ name: 'a-1', terminate: true, launch: false }] },
      { name: 'b', access: 'none', network: 'inner', groups: [] },
    ]);
  });

  it('with several mistakes is refused with all of them, each with its line and path', () => {
    const text = [
      'clusters:',
      '  - name: de mo',
      '    netwrk: x',
      '  - acces: y',
      'drain:',
      '  deadlineSeconds: "12"',
      '  onDeadline: no',
      'networks:',
      '  - name: inner',
      'colour: red',
    ].join('\n');
    expect(problemsIn(text)).toEqual([
      'prod.yaml:2: clusters[0].name: expected the name of an EKS cluster',
      'prod.yaml:3: clusters[0].netwrk: no setting has this name',
      'prod.yaml:4: clusters[1].name: is missing',
      'prod.yaml:4: clusters[1].acces: no setting has this name',
      'prod.yaml:9: networks[0].vpcId: is missing',
      'prod.yaml:9: networks[0].subnetIds: is missing',
      'prod.yaml:6: drain.deadlineSeconds: expected a number',
      'prod.yaml:7: drain.onDeadline: expected one of force, continue, abandon',
      'prod.yaml:10: colour: no setting has this name',
      'prod.yaml:9: networks[0]: no cluster is in network inner',
    ]);
  });

  it('is told what contradicts itself beside what is wrong by itself', () => {
    const text = [
      'clusters:',
      '  - { name: a, network: b, acces: entry }',
      '  - { name: a, groups: [{ name: g }, { name: g, launch: 1 }, 7] }',
      '  - 7',
      'drain: { deadlineSeconds: 60, graceCapSeconds: 90 }',
      'launch: { deadlineSeconds: 30 }',
    ].join('\n');
    const problems = problemsIn(text);
    expect(problems).toHaveLength(10);
    expect(problems).toEqual(
      expect.arrayContaining([
        'prod.yaml:2: clusters[0].acces: no setting has this name',
        'prod.yaml:3: clusters[1].groups[1].launch: expected true or false',
        'prod.yaml:3: clusters[1].groups[2]: expected keys and values',
        'prod.yaml:4: clusters[2]: expected keys and values',
        'prod.yaml:2: clusters[0].network: no network is called b',
        'prod.yaml:3: clusters[1].name: a is named twice',
        'prod.yaml:3: clusters[1].groups[1].name: g is named twice',
        'prod.yaml:5: drain.deadlineSeconds: leaves no time beside reserveSeconds and settleSeconds',
        'prod.yaml:5: drain.graceCapSeconds: is longer than deadlineSeconds',
        'prod.yaml:6: launch.deadlineSeconds: leaves no time beside reserveSeconds',
      ]),
    );
  });

  it.each([
    ['clusters: [{ name: a }, { name: a }]', ['prod.yaml:1: clusters[1].name: a is named twice']],
    [
      'clusters: [{ name: a, groups: [{ name: g }] }, { name: b, groups: [{ name: g }] }]',
      ['prod.yaml:1: clusters[1].groups[0].name: g is named twice'],
    ],
    ['clusters: [{ name: a, network: b }]', ['prod.yaml:1: clusters[0].network: no network is called b']],
    [network, ['prod.yaml:1: networks[0]: no cluster is in network inner']],
    ['clusters: demo', ['prod.yaml:1: clusters: expected a list']],
    [
      'launch: { abandonedWindowSeconds: 2700 }',
      [expect.stringMatching(/^prod.yaml:1: launch.abandonedWindowSeconds: expected more than 2700, /)],
    ],
    [
      'clusters: [{ name: a, network: n }]\nnetworks: [{ name: n, vpcId: vpc-12345678, subnetIds: [subnet-12345678, subnet-12345678] }]',
      ['prod.yaml:2: networks[0].subnetIds[1]: subnet-12345678 is named twice'],
    ],
    [
      'clusters: [{ name: a, network: n }]\nnetworks: [{ name: n, vpcId: vpc-12345678, subnetIds: [subnet-12345678], securityGroupIds: [sg-12345678, sg-12345678] }]',
      ['prod.yaml:2: networks[0].securityGroupIds[1]: sg-12345678 is named twice'],
    ],
    ['- a', ['prod.yaml:1: the file: expected keys and values']],
    ['drain: [', [expect.stringMatching(/^prod.yaml:1: Flow sequence/)]],
    ['drain: {}\ndrain: {}', ['prod.yaml:2: Map keys must be unique at line 2, column 1:']],
    ['hooks: { heartbeatTimeoutSeconds: 20 }', [expect.stringContaining('expected a whole number from 30 to 7200')]],
    ['reservedConcurrency: { drain: few }', [expect.stringContaining('from 1 to 10000, or none')]],
    ['launch: { requiredDaemonSets: aws-node }', [expect.stringContaining('namespace/name of a DaemonSet')]],
    ['ignoredNotices: [spot]', [expect.stringContaining('expected one of spot-interruption, rebalance')]],
    ['alarmTopicArn: on-call', ['prod.yaml:1: alarmTopicArn: expected the ARN of a standard SNS topic']],
  ])('%s is refused', (text, problems) => {
    expect(problemsIn(text)).toEqual(problems);
  });

  it('is called by its name, and its values are not repeated: one may be a secret in the wrong place', () => {
    expect(() => readSettings('drain: { onDeadline: hush }', 'prod.yaml')).toThrow(/^one problem in prod\.yaml:\n/);
    expect(() => readSettings('drain: { onDeadline: hush }', 'prod.yaml')).not.toThrow(/hush/);
  });
});

describe('the example', () => {
  const example = readSettings(
    readFileSync(new URL('../../../settings.example.yaml', import.meta.url), 'utf8'),
    'settings.example.yaml',
  );

  it('has every setting of drains, launches and notices', () => {
    expect(Object.keys(example.drain)).toEqual(Object.keys(drainTable));
    expect(Object.keys(example.launch)).toEqual(Object.keys(launchTable));
    expect(Object.keys(example.notices)).toEqual(Object.keys(noticeTable));
  });

  it('has every setting of the audits, and says of the windows and the limit of logs their defaults', () => {
    const { subnetAudit, auditLog } = example.audits;
    const shapes = auditsSchema.def.shape;
    for (const [name, section] of Object.entries({ subnetAudit, auditLog })) {
      const known = Object.keys(shapes[name as keyof typeof shapes].def.innerType.shape);
      expect(known.filter((key) => key !== 'timezone' && !(key in section))).toEqual([]);
    }
    const { firstWindowHours, overlapMinutes, deliveryLagMinutes, maxGigabytes } = auditsSchema.parse({}).auditLog;
    expect(auditLog).toMatchObject({ firstWindowHours, overlapMinutes, deliveryLagMinutes, maxGigabytes });
    expect(auditLog.enabled).toBe(false);
  });

  it('says of each its default, but for the cap of grace, which has none', () => {
    const { graceCapSeconds, ...drain } = example.drain;
    expect(graceCapSeconds).toBe(600);
    expect(defaultPolicy).toMatchObject(drain);
    expect(defaultLaunchPolicy).toEqual(example.launch);
    expect(defaultNoticePolicy).toEqual(example.notices);
  });
});
