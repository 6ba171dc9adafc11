import { readdirSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { catalogue, findQuery } from '../../../shared/log-insights/catalogue.ts';
import type { CatalogueQuery } from '../../../shared/log-insights/query.ts';
import { namesGivenBy } from '../../../shared/log-insights-ql/given-names.ts';
import { parseQuery } from '../../../shared/log-insights-ql/parse-query.ts';

const ids = `Q01 Q02 Q03 Q04 Q05 Q06 Q07 Q08 Q09 Q10 Q11 Q12 Q13
  Q20 Q21 Q22 Q23 Q24 Q25 Q26 Q27 Q28 Q29 Q30 Q31
  Q40 Q41 Q42 Q43 Q44 Q45 Q46 Q47 Q48 Q49 Q50 Q51 Q52 Q53 Q54 Q55 Q56 Q57 Q58`.split(/\s+/);
const taken = new Set(
  `kind apiVersion level auditID stage requestURI verb userAgent requestReceivedTimestamp stageTimestamp
  fields filter where parse stats sort limit dedup display pattern diff unmask source filterIndex unnest join lookup anomaly`.split(
    /\s+/,
  ),
);
const one: Record<string, string> = { minutes: '5', choice: 'minute' };
const valuesOf = ({ parameters }: CatalogueQuery, only = (_required?: true) => true) =>
  Object.fromEntries(
    parameters.filter(({ required }) => only(required)).map(({ name, kind }) => [name, one[kind] ?? 'a-1']),
  );
const merges: Record<string, string> = {
  count: 'sum',
  sum: 'sum',
  min: 'min',
  max: 'max',
  earliest: 'first',
  latest: 'last',
};

test('the catalogue has each query once, in order', () => {
  expect(catalogue.map(({ id }) => id)).toEqual(ids);
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(ids.length);
  expect(new Set(catalogue.map(({ title }) => title)).size).toBe(ids.length);
});

test('each query has a file of its own, named for it', () => {
  const files = readdirSync(new URL('../../../shared/log-insights/catalogue', import.meta.url));
  expect(files.sort()).toEqual(catalogue.map(({ id, name }) => `${id.toLowerCase()}-${name}.ts`));
});

test('a query is found by its id and by its name', () => {
  expect([findQuery('q06')?.id, findQuery('eviction-refused')?.id, findQuery('evict')]).toEqual([
    'Q06',
    'Q06',
    undefined,
  ]);
});

test('the severity rules are those of what a scheduled run looks at', () => {
  const ruled = catalogue.filter(({ severity }) => severity).map(({ id }) => id);
  expect(ruled.join(' ')).toBe('Q06 Q20 Q21 Q22 Q23 Q24 Q28 Q31 Q40 Q42 Q43 Q44 Q45 Q51 Q53');
});

describe.each(catalogue.map((query) => [query.id, query] as const))('%s', (_, query) => {
  const full = query.text(valuesOf(query));
  const bare = query.text(valuesOf(query, (required) => required === true));

  it('is told in words', () => {
    expect(query.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const text of [query.title, query.answers, query.reading]) expect(text).toMatch(/\S{2}/);
    for (const text of [query.answers, query.reading]) expect(text).toMatch(/\.$/);
  });

  it('has no place left for a value, with all values and with the required ones', () => {
    for (const text of [full, bare]) expect(text).not.toMatch(/\{\{|\}\}|undefined/);
  });

  it('says where every value that it takes goes, and puts it between quotes', () => {
    const names = [...query.template.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
    const free = query.parameters.filter(({ kind }) => kind === 'minutes').map(({ name }) => name);
    expect(new Set([...names, ...free])).toEqual(new Set(query.parameters.map(({ name }) => name)));
    const choices = query.parameters.filter(({ kind }) => kind === 'choice').map(({ name }) => name);
    const bareNames = [...query.template.matchAll(/(?<!")\{\{(\w+)\}\}(?!")/g)].map(([, name]) => name);
    expect(bareNames).toEqual(choices);
  });

  it('has a limit, last', () => {
    for (const text of [full, bare]) expect(Number(/\n\| limit (\d+)$/.exec(text)?.[1])).toBeLessThanOrEqual(100_000);
    expect(full.match(/\| limit /g)).toHaveLength(1);
  });

  it('reads its own stream and no other', () => {
    const filters = [...bare.matchAll(/@logStream (not like|like) (\/\S+\/)/g)].map(
      ([, how, what]) => `${how} ${what}`,
    );
    const expected: Record<string, string[]> = {
      audit: ['like /^kube-apiserver-audit/'],
      apiserver: ['like /^kube-apiserver-/', 'not like /^kube-apiserver-audit/'],
      authenticator: ['like /^authenticator/'],
      scheduler: ['like /^kube-scheduler/'],
      cloudtrail: [],
    };
    expect(query.streams).toHaveLength(1);
    expect(filters).toEqual(query.streams.flatMap((stream) => expected[stream] ?? 'no such stream'));
  });

  it('looks at an audit event in its last stage', () => {
    const stages = [...bare.matchAll(/stage (?:= |in \[)"(\w+)"(?:, "(\w+)")?/g)].map(([, ...stages]) => stages);
    if (query.streams.includes('audit')) expect(stages.flat()).toContain('ResponseComplete');
    else expect(stages).toEqual([]);
  });

  it('names fields with a slash or a dash in backticks', () => {
    const outside = bare.replaceAll(/"[^"\n]*"|\/(?:[^/\\\n]|\\.)+\/|`[^`\n]*`/g, '');
    expect(outside).not.toMatch(/annotations|\w\/\w|[a-z]-[a-z]/);
  });

  it('keeps to what CloudWatch documents', () => {
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html
    expect(full.length).toBeLessThanOrEqual(10_000);
    // `in` is documented for texts; nothing says which regular expressions may look ahead, or back.
    expect(full).not.toMatch(/\bin \[\s*\d|\(\?<?[=!]|\\[1-9]|\\k</);
  });

  it('gives no name that a command or a field of an audit event has already', () => {
    const given = parseQuery(full).flatMap(namesGivenBy);
    expect(given.filter((name) => taken.has(name))).toEqual([]);
  });

  it('may be split just where its parts can be put together', () => {
    const [, stats] = /\| stats (.+?) by /.exec(bare) ?? [];
    const columns = stats?.split(/, (?=\w+\()/).map((text) => /^(\w+)\(.* as (\w+)$/.exec(text)?.slice(1) ?? []);
    const merged = Object.fromEntries((columns ?? []).map(([name = '', column = '']) => [column, merges[name]]));
    const isTop = Number(/limit (\d+)$/.exec(bare)?.[1]) < 100_000;
    const isFiltered = /\| stats [^\n]+\n\| filter/.test(bare);
    expect(query.mergeable).toBe(!isTop && !isFiltered && !Object.values(merged).includes(undefined));
    expect(query.aggregates ?? {}).toEqual(query.mergeable ? merged : {});
  });
});
