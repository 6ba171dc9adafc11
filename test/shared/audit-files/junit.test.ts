import { DOMParser, type Element } from '@xmldom/xmldom';
import { expect, test } from 'vitest';
import { renderJunit } from '../../../shared/audit-files/junit.ts';
import { exampleReport } from '../audit/example-report.ts';

const parsed = new DOMParser().parseFromString(renderJunit(exampleReport()), 'text/xml');
const all = (name: string) => [...parsed.getElementsByTagName(name)] as Element[];
const attributes = (element: Element | undefined, ...names: string[]) =>
  names.map((name) => element?.getAttribute(name));

test('a check is a suite, and the suites add up', () => {
  expect(attributes(all('testsuites')[0], 'tests', 'failures', 'errors', 'skipped')).toEqual(['7', '2', '1', '2']);
  expect(all('testsuite').map((each) => attributes(each, 'name', 'tests', 'failures').join(' '))).toEqual([
    ...['NET-01 Role tags are found 1 0', 'NET-05 Role tags are found 4 1'],
    ...['NET-15 Role tags are found 1 1', 'NET-22 Role tags are found 1 0'],
  ]);
});

test('FAIL is a failure, UNKNOWN an error, what is waived or does not apply is skipped, and a WARN passes and is said', () => {
  const outcomes = all('testcase').map((each) => {
    const child = [...each.childNodes].find((node) => node.nodeType === node.ELEMENT_NODE) as Element | undefined;
    return `${each.getAttribute('classname')} ${child?.tagName ?? 'passed'}`;
  });
  expect(outcomes).toEqual([
    ...['NET-01.demo error', 'NET-05.demo failure', 'NET-05.demo system-out', 'NET-05.demo skipped'],
    ...['NET-05.demo passed', 'NET-15.demo failure', 'NET-22 skipped'],
  ]);
});

test('a failure comes with the resource and the command, and a skipped one with its waiver', () => {
  expect(attributes(all('failure')[0], 'type', 'message')).toEqual(['FAIL high', 'no controller finds it']);
  const [arn, command] = all('failure')[0]?.textContent?.split('\n') ?? [];
  expect(arn).toBe('arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-1');
  expect(command).toMatch(/^aws ec2 create-tags/);
  expect(all('skipped')[0]?.getAttribute('message')).toContain('waived by net-team until 2026-12-31: until the move');
});
