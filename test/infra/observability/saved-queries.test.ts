import { beforeAll, describe, expect, test } from 'vitest';
import { savedQueries } from '../../../infra/observability/queries.ts';
import { inWords, synthesize } from '../synthesize.ts';
import { fieldsOf, has, matching, missingFields } from './query-fields.ts';
import { everythingWritten, type WrittenLine } from './written.ts';

let lines: WrittenLine[];
let saved: { Name: string; QueryString: string; LogGroupNames: string[] }[];

beforeAll(async () => {
  lines = (await everythingWritten()).lines;
  const template = synthesize({
    clusters: [{ name: 'vault', network: 'blue' }],
    networks: [{ name: 'blue', vpcId: 'vpc-0aaaaaaaaaaaaaaaa', subnetIds: ['subnet-0aaaaaaaaaaaaaaaa'] }],
    audits: { auditLog: { enabled: true } },
  });
  const definitions = Object.values(template.findResources('AWS::Logs::QueryDefinition'));
  saved = definitions.map(({ Properties }) => inWords(Properties) as (typeof saved)[number]);
}, 120_000);

describe('a saved query', () => {
  test.each(savedQueries.map((query) => [query.name, query] as const))(
    '%s finds lines, and each field in some of them',
    (_, query) => {
      expect(fieldsOf(query).length).toBeGreaterThan(0);
      expect(matching(query, lines)).not.toEqual([]);
      expect(missingFields(query, lines)).toEqual([]);
    },
  );

  test.each(savedQueries.map((query) => [query.name, query] as const))(
    '%s is made of commands that there are',
    (_, query) => {
      for (const line of query.lines)
        expect(line.replace(/\/.*\//, '')).toMatch(/^(fields|filter|stats|sort|limit) [^|]+$/);
      expect(query.lines.join('\n| ').length).toBeLessThanOrEqual(10_000);
    },
  );

  test('that names what is not written is found out', () => {
    const query = {
      name: 'wrong',
      logs: 'drains' as const,
      lines: ['fields end.why, nodeName', 'filter message = "drain ended"'],
    };
    expect(missingFields(query, lines)).toEqual(['end.why', 'nodeName']);
  });

  test('reads the logs of every place that it is about', () => {
    expect(saved).toHaveLength(savedQueries.length);
    const groupsOf = (name: string) => saved.find(({ Name }) => Name === `<AWS::StackName>/${name}`)?.LogGroupNames;
    expect(groupsOf('Drains that need you')).toEqual(['<DrainTickLog>', '<DrainblueTickLog>']);
    expect(groupsOf('Launches that need you')).toEqual(['<LaunchTickLog>', '<LaunchblueTickLog>']);
    expect(groupsOf('Drains by hand: what was asked')).toEqual(['<ManualFunctionLog>', '<ManualblueFunctionLog>']);
    expect(groupsOf('Events by outcome')).toEqual(['<IntakeFunctionLog>']);
    const audits = ['Cluster', 'Subnet', 'Log'].map((name) => `<Audits${name}FunctionLog>`);
    expect(groupsOf('Audit findings')).toEqual(audits);
    expect(groupsOf('What queries of logs have cost')).toEqual(audits.slice(2));
    expect(groupsOf('Warnings and errors')).toHaveLength(10);
    expect(saved.find(({ Name }) => Name.endsWith('Drains that need you'))?.QueryString).toMatch(
      /^fields .*\n\| filter .*\n\| sort/,
    );
  });
});

describe('each line', () => {
  test('of a tick names its instance and its execution, and from the cordon on its node and its cluster', () => {
    const ticks = lines.filter(({ service }) => service === 'terminate' || service === 'launch');
    expect(ticks.length).toBeGreaterThan(50);
    for (const line of ticks)
      expect(
        ['instance', 'execution'].filter((field) => !has(line, field)),
        line.message,
      ).toEqual([]);
    const cordoned = ['node marked', 'pod judged', 'eviction refused', 'pod deleted past its budget', 'right missing'];
    const later = ticks.filter(({ message }) => cordoned.includes(message));
    expect(new Set(later.map(({ message }) => message))).toEqual(new Set(cordoned));
    for (const line of later)
      expect(
        ['node', 'cluster'].filter((field) => !has(line, field)),
        line.message,
      ).toEqual([]);
  });

  test('of the intake about an action names its instance and its execution', () => {
    const started = lines.filter(({ outcome }) => outcome === 'started');
    expect(started).toHaveLength(1);
    expect(started[0]).toMatchObject({
      instance: expect.stringMatching(/^i-/),
      execution: expect.stringMatching(/^i-/),
    });
  });
});
