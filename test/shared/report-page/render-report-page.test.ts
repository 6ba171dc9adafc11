import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { EndReason } from '../../../shared/lifecycle/end.ts';
import { renderReportPage } from '../../../shared/report-page/render-report-page.ts';
import { renderRollPage } from '../../../shared/report-page/render-roll-page.ts';
import { exampleDrain } from './example-drain.ts';

it('says how a drain ended, which one it was, and what became of each pod', async () => {
  const page = await renderReportPage(exampleDrain());
  expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
  for (const words of [
    '<title>! ip-10-0-1-10.ec2.internal: Drained, with force</title>',
    'Auto Scaling was told CONTINUE. Reason: drained-forced.',
    '<dt>Deadline</dt><dd>2026-01-31 12:00:25 UTC, 25 s after the start</dd>',
    '<dt>Deleted past</dt><dd>shop/db</dd>',
    '<strong>1</strong> deleted by force',
    'asked 3×, from 5 s to 9 s',
    '<pre><code>kubectl -n shop patch poddisruptionbudget db</code></pre>',
    'DaemonSet aws-node would put it back',
    '<small>past shop/db</small>',
  ])
    expect(page).toContain(words);
  expect(page.match(/<tr data-lane/g)).toHaveLength(3);
});

it.each<[EndReason, string]>([
  ['drained', 'is-good'],
  ['drained-not-detached', 'is-warning'],
  ['deadline', 'is-bad'],
  ['no-node', 'is-neutral'],
])('shows the end %s as %s', async (reason, tone) => {
  const end = { reason, completion: null, text: 'so it is', alarm: false };
  expect(await renderReportPage(exampleDrain({ end }))).toContain(`<div class="outcome ${tone}">`);
});

it('shows a drain that goes on, one without a node, and one that somebody asked for', async () => {
  const going = await renderReportPage(exampleDrain({ end: undefined, endedAt: undefined }));
  expect(going).toContain('The drain had not ended when this was written.');
  const empty = await renderReportPage(
    exampleDrain({ node: undefined, pods: [], timeline: [], heartbeats: [], deadlineAt: undefined }),
  );
  expect(empty).toContain('No pod was seen on the node.');
  expect(empty).toContain('Drain of i-0123456789abcdef0');
  const { account, region, instanceId } = exampleDrain().action;
  const manual = {
    version: 1,
    account,
    region,
    instanceId,
    kind: 'manual',
    cluster: 'prod',
    node: 'n',
    requestId: 'r',
    requestedBy: 'Ada',
    options: {},
  } as const;
  expect(await renderReportPage(exampleDrain({ action: manual }))).toContain('<dt>Asked by</dt><dd>Ada</dd>');
});

it('lets nothing run or load but what is in it', async () => {
  const page = await renderReportPage(exampleDrain());
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'");
  const hashOf = (tag: string) => {
    const [, text = ''] = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(page) ?? [];
    return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  };
  expect(policy).toBe(
    `default-src 'none'; img-src data:; style-src ${hashOf('style')}; script-src ${hashOf('script')}; base-uri 'none'; form-action 'none'`,
  );
  expect(page).not.toMatch(/ (?:style|on\w+)="/);
  expect(page).not.toMatch(/(?:src|href)="(?!#|data:)/);
});

it('puts several drains on one page, in the order in which they began', async () => {
  const late = exampleDrain({ node: 'late', startedAt: '2026-01-31T12:00:10.000Z' });
  const page = await renderRollPage([late, exampleDrain({ node: 'soon' })]);
  expect([...page.matchAll(/<a href="#drain-(\d)">(\w+)</g)].map(([, i, name]) => `${i} ${name}`)).toEqual([
    '0 soon',
    '1 late',
  ]);
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(ids).toEqual([...new Set(ids)]);
  for (const [, target] of page.matchAll(/(?:href="#|aria-labelledby=")([^"]*)"/g)) expect(ids).toContain(target);
  expect(page).toContain('Drained, with force: 2');
  expect(await renderRollPage([])).toContain('No drain.');
});
