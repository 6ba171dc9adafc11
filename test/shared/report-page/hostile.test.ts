import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DrainReport } from '../../../shared/lifecycle/report.ts';
import { renderReportPage } from '../../../shared/report-page/render-report-page.ts';
import { renderRollPage } from '../../../shared/report-page/render-roll-page.ts';
import { exampleDrain } from './example-drain.ts';

/** What breaks out of text, attributes, comments, scripts and styles, alone and amid anything else. */
const hostile = fc.oneof(
  fc.constantFrom(
    '</script><img src=x onerror=alert(1)>',
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)' autofocus='",
    '</title><script>alert(1)</script>',
    '</style><svg onload=alert(1)>',
    '<!--<script>',
    ']]><x>',
    '&lt;b&gt; &#60;b&#62; &amp;',
    '#{alert(1)} {{7*7}} <%= 1 %>',
    'javascript:alert(1)',
    '\u0000\u0001\u2028\ud800<b>\r\n\t',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...'<>"\'&/=!-] \n`$x'), maxLength: 30 }),
);

/** The example with each of its texts but instants and kinds replaced. */
function withTexts(report: DrainReport, text: () => string): DrainReport {
  const kept = new Set([
    'at',
    'startedAt',
    'endedAt',
    'deadlineAt',
    'firstAt',
    'lastAt',
    'evictedAt',
    'goneAt',
    'forcedAt',
  ]);
  const swap = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return kept.has(key) || key === 'verdict' || key === 'heartbeats' ? value : text();
    if (Array.isArray(value)) return value.map((item) => swap(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, swap(item, name)]));
  };
  return swap(report, '') as DrainReport;
}

/** The elements and attribute names of a page: what a text may never change. */
function skeletonOf(page: string): string[] {
  const tags = page.replace(/<(style|script)>.*?<\/\1>/gs, '<$1>').matchAll(/<(?:[^>"]|"[^"]*")*>/g);
  return Array.from(tags, ([tag]) => tag.replace(/"[^"]*"/g, '""'));
}

it('shows any text as text: the page has the same elements and attributes whatever a report says', async () => {
  const plain = skeletonOf(await renderReportPage(withTexts(exampleDrain(), () => 'x')));
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(hostile), async (texts) => {
      const report = withTexts(exampleDrain(), () => `.${texts.next().value}`);
      expect(new Set(skeletonOf(await renderReportPage(report)))).toEqual(new Set(plain));
    }),
    { numRuns: 60 },
  );
});

it('shows any text on the page of several drains as text', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      const plain = await renderRollPage([withTexts(exampleDrain(), () => 'x')], 'x');
      const page = await renderRollPage([withTexts(exampleDrain(), () => text)], text);
      expect(new Set(skeletonOf(page))).toEqual(new Set(skeletonOf(plain)));
    }),
    { numRuns: 30 },
  );
});

it.each(['toString', '__proto__', 'constructor'])('takes %s for a word like any other', async (name) => {
  const report = withTexts(exampleDrain(), () => name);
  expect(await renderReportPage(report)).toContain(name);
  expect(await renderRollPage([report], name)).toContain(name);
});

it('draws pictures that are well-formed whatever a pod is called', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 40 }), async (name) => {
      const page = await renderReportPage(withTexts(exampleDrain(), () => name));
      for (const [svg] of page.matchAll(/<svg.*?<\/svg>/gs)) {
        const errors: unknown[] = [];
        new DOMParser({ onError: (_level, message) => void errors.push(message) }).parseFromString(
          svg,
          'image/svg+xml',
        );
        expect(errors).toEqual([]);
      }
    }),
    { numRuns: 30 },
  );
});
