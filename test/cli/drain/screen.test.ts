import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { plainLine } from '../../../cli/drain/plain-line.ts';
import { drainScreen, type WatchedDrain } from '../../../cli/drain/screen.ts';
import { watchedStatus } from '../../../cli/drain/status-text.ts';
import { watchStatuses } from '../../../cli/drain/watch-statuses.ts';
import { type Live, openLive } from '../../../cli/output/live.ts';
import type { DrainStatus } from '../../../shared/manual/drain-status.ts';

const now = Date.parse('2026-03-01T08:10:00Z');
const paper = { columns: 110, style: (_: string, text: string) => text };
const drain: WatchedDrain = {
  ...{ node: 'n1', phase: 'evicting', tone: 'working', startedAt: now - 65_000, blocked: [] },
  pods: { gone: 3, left: 2, terminating: 1 },
};
const screen = (changes: Partial<WatchedDrain>) => drainScreen([{ ...drain, ...changes }], now, paper);
const none = { gone: 0, left: 0, terminating: 0 };

test.each<[string, Partial<WatchedDrain>, string]>([
  ['empty before the pods are known', { pods: none }, '░'.repeat(24)],
  ['filled by the pods that are gone', {}, '█'.repeat(12) + '░'.repeat(12)],
  ['full when a node without pods is drained', { pods: none, tone: 'good', endedAt: now }, '█'.repeat(24)],
])('the bar is %s', (_title, changes, bar) => {
  expect(screen(changes)[0]).toContain(`  ${bar}  `);
});

test('a drain shows its pods by cause with what frees them, its next look, its heartbeat and its deadline', () => {
  const held = { code: 'budget', text: 'budget shop/web needs 2 healthy pods and has 2', count: 7 };
  const command = 'kubectl --namespace shop get poddisruptionbudget web';
  const lines = screen({
    blocked: [{ ...held, pods: ['shop/web-1', 'shop/web-2', 'shop/web-3'], command }],
    ...{ nextLookAt: now + 12_000, deadlineAt: now + 600_000, heartbeatAt: now - 20_000 },
  });
  expect(lines).toEqual([
    `n1  evicting  ${'█'.repeat(12)}${'░'.repeat(12)}  3/6 pods  1 min 5 s`,
    '  held  shop/web-1, shop/web-2, shop/web-3 and 4 more: budget shop/web needs 2 healthy pods and has 2',
    `        $ ${command}`,
    '  1 pod terminating · next look in 12 s · deadline in 10 min · heartbeat 20 s ago',
  ]);
});

test('a drain elsewhere shows when it last looked', () => {
  const status: DrainStatus = {
    ...{ version: 1, node: 'n1', phase: 'draining', byHand: true, cordoned: true, blocked: [] },
    ...{ startedAt: '2026-03-01T08:09:00Z', seenAt: '2026-03-01T08:09:30Z', endsAt: '2026-03-01T08:11:00Z' },
    pods: { evictable: 1, staying: 2, terminating: 0, gone: 1 },
  };
  expect(drainScreen([watchedStatus(status)], now, paper)).toEqual([
    `n1  draining  ${'█'.repeat(12)}${'░'.repeat(12)}  1/2 pods  1 min`,
    '  last sign 30 s ago · deadline in 1 min',
  ]);
});

test.each([
  [{ isTTY: true, rows: 24, columns: 80 }, true],
  [{ isTTY: true, rows: 0, columns: 80 }, false],
  [{ isTTY: true, rows: 24, columns: 0 }, false],
  [{ isTTY: false, rows: 24, columns: 80 }, false],
])('on %o lines are redrawn: %s', (size, isTerminal) => {
  const stream = Object.assign(new Writable({ write: (_chunk, _encoding, done) => done() }), size);
  expect(openLive(stream as unknown as NodeJS.WriteStream).isTerminal).toBe(isTerminal);
});

test('what holds a drain is said once', () => {
  const blocked = [{ code: 'budget', text: 'budget shop/web needs 2', pods: ['shop/web-1'], count: 1 }];
  const held = { ...drain, blocked, text: 'shop/web-1: the budget web needs 2' };
  expect(plainLine(held)).toBe(
    'n1  evicting: 3 of 6 pods gone; 1 terminating; held: shop/web-1: budget shop/web needs 2',
  );
  expect(screen(held).join()).not.toContain('the budget web');
  expect(plainLine({ ...held, blocked: [], endedAt: now })).toBe('n1  evicting: shop/web-1: the budget web needs 2');
});

test('a node that is given back while it is watched is told of', async () => {
  const status = (node: string): DrainStatus => ({
    ...{ version: 1, node, phase: 'queued', byHand: true, cordoned: true, blocked: [] },
    pods: { evictable: 0, staying: 0, terminating: 0, gone: 0 },
  });
  const looks = [
    { drains: [status('n1'), status('n2')], isOver: false },
    { drains: [status('n2')], isOver: true },
  ];
  const kept: string[] = [];
  const live: Live = {
    ...paper,
    isTerminal: true,
    show: () => {},
    keep: (...lines) => kept.push(...lines),
    close: () => {},
  };
  const look = async () => looks.shift() ?? { drains: [], isOver: true };
  await watchStatuses(look, { live, lookMilliseconds: 1 }, new AbortController().signal);
  expect(kept).toEqual(['n1  has no mark of ours any more: its drain was stopped, or it is gone']);
});
