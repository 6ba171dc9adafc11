import { createHash } from 'node:crypto';
import { DOMParser, type Element } from '@xmldom/xmldom';
import { expect, test } from 'vitest';
import { renderAuditPage } from '../../../shared/audit-page/render-audit-page.ts';
import { resultFor } from '../audit/builders.ts';
import { exampleReport, routes } from '../audit/example-report.ts';

const pageOf = async (report = exampleReport()) => {
  const text = await renderAuditPage(report);
  const body = new DOMParser({ onError: () => {} }).parseFromString(
    text.replace(/^<!doctype html>\n/, ''),
    'text/html',
  );
  const all = [...body.getElementsByTagName('*')] as Element[];
  const withClass = (name: string) => all.filter((each) => each.getAttribute('class')?.split(' ').includes(name));
  return { text, all, withClass };
};

test('nothing is loaded, and nothing runs but what the policy names by its hash', async () => {
  const { text, all } = await pageOf();
  const policy = all.find((each) => each.getAttribute('http-equiv'))?.getAttribute('content') ?? '';
  expect(policy).toMatch(/^default-src 'none'; img-src data:; /);
  for (const name of ['style', 'script']) {
    const [, content = ''] = new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(text) ?? [];
    expect(policy).toContain(`${name}-src 'sha256-${createHash('sha256').update(content).digest('base64')}'`);
  }
  expect(all.filter((each) => each.getAttribute('src') || each.getAttribute('style'))).toEqual([]);
  expect(
    all.flatMap((each) => [...each.attributes].map(({ name }) => name)).filter((name) => name.startsWith('on')),
  ).toEqual([]);
});

test('a zone stands beside the others with its subnets, each in the colour of its route', async () => {
  const { withClass } = await pageOf();
  expect(withClass('zone').map((each) => each.getElementsByTagName('p')[0]?.textContent)).toEqual([
    ...['eu-west-1a (euw1-az1)', 'eu-west-1b (euw1-az2)', 'eu-west-1c (euw1-az3)'],
  ]);
  const subnets = withClass('subnet');
  expect(subnets).toHaveLength(8);
  expect(new Set(subnets.map((each) => each.getAttribute('class')))).toEqual(
    new Set(routes.map((kind) => `subnet is-${kind}`)),
  );
  const [first] = subnets;
  for (const words of ['public-0', 'subnet-0', '10.0.0.0/24', '0 of 251 addresses free', 'kubernetes.io/role/elb=yes'])
    expect(first?.textContent).toContain(words);
});

test('a subnet leads to what was found of it, without what is waived', async () => {
  const { withClass } = await pageOf();
  const links = withClass('subnet').map((each) => each.getElementsByTagName('a')[0]);
  expect(links.map((each) => each?.textContent)).toEqual([
    ...[undefined, undefined, undefined, '2 findings', undefined, undefined, '1 finding', undefined],
  ]);
  expect(links[3]?.getAttribute('data-look-for')).toBe('subnet-1');
});

test('every result is there, with what it is to be narrowed by', async () => {
  const { withClass } = await pageOf();
  const told = withClass('result').map((each) =>
    ['status', 'severity', 'cluster'].map((name) => each.getAttribute(`data-${name}`)).join(' '),
  );
  expect(told).toEqual([
    ...['FAIL critical demo', 'FAIL high demo', 'WARN medium demo', 'UNKNOWN high demo', 'waived low demo'],
    ...['PASS high demo', 'NOT_APPLICABLE high '],
  ]);
});

test.each([
  ['https://example.com/a?b=c&d', 'https://example.com/a?b=c&d'],
  ['javascript:alert(1)', undefined],
  ['https://', undefined],
  ['data:text/html,x', undefined],
])('of the page %s it makes the link %s', async (docs, href) => {
  const { all } = await pageOf(
    exampleReport({ checks: [], networks: [], results: [resultFor({ remediation: { docs } })] }),
  );
  expect(all.find(({ tagName }) => tagName === 'a')?.getAttribute('href')).toBe(href);
});

test('a run that found nothing says so, and one that could not look does not say that all is well', async () => {
  const none = exampleReport({ results: [], counts: { ...exampleReport().counts, FAIL: 0, WARN: 0 } });
  expect((await pageOf(none)).text).toContain('No finding, as far as is known');
  const { text } = await pageOf({ ...none, run: { ...none.run, complete: true } });
  expect(text).toContain('✓</span> No finding</p>');
});

test('with very many results, what is well has a line each and no more, and what is not keeps its evidence', async () => {
  const well = Array.from({ length: 2_000 }, (_, i) =>
    resultFor({ status: 'PASS', resource: `r-${i}`, evidence: { a: 1 } }),
  );
  const { withClass } = await pageOf(exampleReport({ results: [resultFor(), ...well], networks: [] }));
  expect(withClass('result')).toHaveLength(2_001);
  expect(withClass('more')).toHaveLength(1);
});
