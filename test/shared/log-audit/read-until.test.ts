import { expect, it } from 'vitest';
import { readUntil } from '../../../shared/log-audit/read-until.ts';

const part = (startSeconds: number, endSeconds: number) => ({ range: { startSeconds, endSeconds } });
const all = { startSeconds: 10, endSeconds: 99 };
const cut = (startSeconds: number) => ({ cut: { parts: 1, first: part(startSeconds, startSeconds).range, rows: 1 } });
const stopped = { code: 'byte-limit', text: '' } as const;

it.each([
  ['all of it in one part', [part(10, 99)], {}, 99],
  ['parts in whatever order, one of them twice', [part(50, 99), part(10, 49), part(10, 49)], {}, 99],
  ['up to the first part that is missing', [part(10, 29), part(40, 99)], {}, 29],
  ['nothing', [], {}, undefined],
  ['not its beginning', [part(11, 99)], {}, undefined],
  ['with more rows in a second than there are to be had', [part(10, 29), part(30, 30), part(31, 99)], cut(30), 99],
  ['up to what was too dear to be read', [part(10, 29), part(30, 59)], { ...cut(30), stopped }, 29],
  ['nothing, when that was too dear', [part(10, 99)], { ...cut(10), stopped }, undefined],
])('%s', (_, kept, state, until) => {
  expect(readUntil(all, kept, state)).toBe(until);
});
