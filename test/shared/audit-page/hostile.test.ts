import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AuditReport } from '../../../shared/audit/audit-report.ts';
import { asffBatches, mostFindingBytes } from '../../../shared/audit/render/asff.ts';
import { renderMarkdown } from '../../../shared/audit/render/markdown.ts';
import { renderSarif } from '../../../shared/audit/render/sarif.ts';
import { renderJunit } from '../../../shared/audit-files/junit.ts';
import { readReport } from '../../../shared/audit-files/read-report.ts';
import { renderTable } from '../../../shared/audit-files/terminal-table.ts';
import { renderAuditPage } from '../../../shared/audit-page/render-audit-page.ts';
import { exampleReport } from '../audit/example-report.ts';

/** What breaks out of text, attributes, comments, scripts, sections of characters, tables and lines, alone and amid anything else. */
const hostile = fc.oneof(
  fc.constantFrom(
    ...['</script><img src=x onerror=alert(1)>', '" onmouseover="alert(1)" x="', '</style><svg onload=alert(1)>'],
    ...[']]><x/>', '<![CDATA[', '<!--<script>', '&lt;b&gt; &amp;', 'javascript:alert(1)', '../../etc/passwd'],
    ...['a\nb\r\n# heading', '| a | b |', '```\n# x\n```', '[x](javascript:alert(1))', '- item', '::error::x'],
    ...['\u001b[2J\u001b]0;title\u0007', '\u009b31m', '\u0000\u0001\u2028\ud800\ufffe', '\u202eevil', '\t \b'],
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...'<>"\'&/=!-] \n`|$x\u001b['), maxLength: 30 }),
);

const kept = new Set(['version', 'status', 'severity', 'fingerprint', 'startedAt', 'since', 'expires', 'route']);

/** The example with each of its texts replaced but those that have a form of their own, keys of tags and evidence included. */
function withTexts(report: AuditReport, text: () => string): AuditReport {
  const swap = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return kept.has(key) ? value : text();
    if (Array.isArray(value)) return value.map((item) => swap(item, key));
    if (typeof value !== 'object' || value === null) return value;
    const free = key === 'tags' || key === 'evidence';
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [free ? text() : name, swap(item, free ? '' : name)]),
    );
  };
  return swap(report, '') as AuditReport;
}

const anyReport = fc.infiniteStream(hostile).map((texts) => withTexts(exampleReport(), () => texts.next().value ?? ''));
const holds = (check: (report: AuditReport) => void | Promise<void>, numRuns = 60) =>
  fc.assert(
    fc.asyncProperty(anyReport, async (report) => check(report)),
    { numRuns },
  );

/** The elements and attribute names of a page: what a text may never add to. */
function skeletonOf(page: string): Set<string> {
  const tags = page.replace(/<(style|script)>.*?<\/\1>/gs, '<$1>').matchAll(/<(?:[^>"]|"[^"]*")*>/g);
  return new Set(Array.from(tags, ([tag]) => tag.replace(/"[^"]*"/g, '""')));
}

test('the page has no element or attribute that it would not have anyway, whatever a report says', async () => {
  const plain = skeletonOf(await renderAuditPage(withTexts(exampleReport(), () => 'x')));
  const usual = skeletonOf(await renderAuditPage(exampleReport()));
  const known = plain.union(usual);
  await holds(async (report) => {
    expect([...skeletonOf(await renderAuditPage(report))].filter((tag) => !known.has(tag))).toEqual([]);
  });
});

test('JSON is read as what was written', () =>
  holds((report) => {
    expect(readReport(JSON.stringify(report), 'x')).toEqual(JSON.parse(JSON.stringify(report)));
  }));

test('JSON keeps a tag that is called as what every object has', () => {
  const report = JSON.stringify(exampleReport()).replace('"evidence":{}', '"evidence":{"__proto__":"a"}');
  expect(JSON.stringify(readReport(report, 'x'))).toBe(report);
});

test('SARIF is read with all results, each on one line and at an address of its own', () =>
  holds((report) => {
    const [run] = JSON.parse(renderSarif(report)).runs;
    expect(run.results).toHaveLength(report.results.length);
    for (const { message, locations } of run.results) {
      expect(message.text).toMatch(/\S|^$/);
      expect(message.text).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      const { uri } = locations[0].physicalLocation.artifactLocation;
      expect(uri).toMatch(/^aws\/(?:[\w.~!*'()-]|%[0-9A-F]{2})+(?:\/(?:[\w.~!*'()-]|%[0-9A-F]{2})+)*$/);
      expect(uri.split('/')).not.toContain('..');
    }
  }));

test('JUnit is well-formed and has all results, with what they say', () =>
  holds((report) => {
    const errors: string[] = [];
    const written = renderJunit(report);
    // A warning: that a text has U+FFFD in it, as what cannot be said has.
    const onError = (level: string, message: string) => void (level !== 'warning' && errors.push(message));
    const document = new DOMParser({ onError }).parseFromString(written, 'text/xml');
    expect(errors).toEqual([]);
    expect(written).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
    const counts = ['testcase', 'failure', 'error', 'skipped'].map(
      (name) => document.getElementsByTagName(name).length,
    );
    expect(counts).toEqual([7, 2, 1, 2]);
  }));

test('ASFF is well-formed text within its limits', () =>
  holds((report) => {
    for (const finding of asffBatches(report).flat()) {
      const written = JSON.stringify(finding);
      expect(Buffer.byteLength(written)).toBeLessThan(mostFindingBytes);
      expect(finding.Title.length * finding.Description.length).toBeGreaterThan(0);
      expect(finding.Description).not.toMatch(/\p{Cc}/u);
    }
  }));

/** What is text or markup: without spans of code, and without what a backslash makes a character. */
function outsideOfCode(markdown: string): string {
  return markdown.replace(/\\[!-/:-@[-`{-~]|(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/gs, '');
}

test('Markdown has the headings and items that it would have anyway', () => {
  const shape = (text: string) =>
    text.split('\n').map((line) => /^(?:#{1,6} |- |\| |\s+`{3,}|$)/.exec(line)?.[0] ?? '…');
  const withoutFences = (text: string) => text.replace(/^ {2}(`{3,})sh\n.*\n {2}\1$/gm, '…');
  const plain = shape(withoutFences(renderMarkdown(withTexts(exampleReport(), () => 'x'))));
  return holds((report) => {
    const text = renderMarkdown(report);
    const lines = shape(withoutFences(text)).filter((line) => line !== '' && line !== '…');
    expect(lines).toEqual(plain.filter((line) => line !== '' && line !== '…'));
    expect(outsideOfCode(text)).not.toMatch(/<(?!https:)|:\/\/(?<!<https:\/\/)/);
  });
});

test('a terminal is told nothing but text and our colours', () =>
  holds((report) => {
    const colours = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
    const table = renderTable(report, { colours: true, width: 100 }).replace(colours, '').replaceAll('\n', '');
    expect(table).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
    expect(table.isWellFormed()).toBe(true);
  }));
