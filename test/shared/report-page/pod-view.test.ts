import { expect, it } from 'vitest';
import type { PodRecord } from '../../../shared/lifecycle/report.ts';
import { outcomeOf, type PodOutcome } from '../../../shared/report-page/pod-outcome.ts';
import { spellsOf } from '../../../shared/report-page/pod-spells.ts';
import { endSecondsOf, podViews } from '../../../shared/report-page/pod-view.ts';
import { at, exampleDrain, examplePod } from './example-drain.ts';

const heldFrom = (first: number, last: number) => [
  { code: 'budget', text: 'held', firstAt: at(first), lastAt: at(last), times: 2 },
];

it.each<[string, Partial<PodRecord>, string]>([
  ['is evicted and goes', { evictedAt: at(2), goneAt: at(5) }, 'waiting 0-2, terminating 2-5'],
  [
    'is held and then evicted',
    { causes: heldFrom(2, 3), evictedAt: at(6), goneAt: at(7) },
    'waiting 0-2, held 2-6, terminating 6-7',
  ],
  [
    'is held and then deleted by force',
    { causes: heldFrom(2, 3), forcedAt: at(6), goneAt: at(7) },
    'waiting 0-2, held 2-6, forced 6-7',
  ],
  ['stops for too long', { evictedAt: at(2), forcedAt: at(6) }, 'waiting 0-2, terminating 2-6, forced 6-10'],
  ['is held to the end', { causes: heldFrom(2, 9) }, 'waiting 0-2, held 2-10'],
  ['is never asked', {}, 'waiting 0-10'],
  ['stays', { verdict: 'stay' }, 'staying 0-10'],
  ['goes before it is asked', { goneAt: at(4) }, 'waiting 0-4'],
  ['goes as soon as it is asked', { evictedAt: at(4), goneAt: at(4) }, 'waiting 0-4'],
  [
    'has instants that are none',
    { evictedAt: 'soon', causes: [{ ...heldFrom(1, 1)[0], firstAt: '' } as never] },
    'waiting 0-10',
  ],
])('follows a pod that %s', (_title, change, spells) => {
  const found = spellsOf(examplePod(change), at(0), 10);
  expect(found.map(({ kind, from, to }) => `${kind} ${from}-${to}`).join(', ')).toBe(spells);
});

it.each<[PodOutcome, Partial<PodRecord>]>([
  ['forced', { evictedAt: at(1), forcedAt: at(2), goneAt: at(3) }],
  ['evicted', { evictedAt: at(1), goneAt: at(3) }],
  ['gone', { goneAt: at(3) }],
  ['left', {}],
  ['left', { evictedAt: at(1) }],
  ['left', { verdict: 'wait' }],
  ['left', { verdict: 'stay', evictedAt: at(1) }],
  ['stays', { verdict: 'stay' }],
  ['finished', { verdict: 'ignore' }],
  ['stuck', { verdict: 'stuck', evictedAt: at(1) }],
  ['bounced', { verdict: 'bounce' }],
  ['blocked', { verdict: 'block' }],
])('says %s of a pod with %j', (outcome, change) => {
  expect(outcomeOf(examplePod(change))).toBe(outcome);
});

it('shows what was forced first, then what was held, then as they went', () => {
  const went = (name: string, goneAt: number, causes: PodRecord['causes'] = []) =>
    examplePod({ name, causes, evictedAt: at(6), goneAt: at(goneAt) });
  const pods = [
    examplePod({ name: 'stays', verdict: 'stay' }),
    went('late', 9),
    went('soon', 7),
    went('held', 10, heldFrom(2, 3)),
    examplePod({ name: 'forced', forcedAt: at(3), goneAt: at(12) }),
  ];
  expect(podViews(exampleDrain({ pods })).map(({ record }) => record.name)).toEqual([
    'forced',
    'held',
    'soon',
    'late',
    'stays',
  ]);
});

it('takes what was noted last for the end of a drain that goes on', () => {
  expect(endSecondsOf(exampleDrain({ endedAt: at(7) }))).toBe(7);
  expect(endSecondsOf(exampleDrain({ endedAt: undefined, heartbeats: [at(31)] }))).toBe(31);
  expect(endSecondsOf(exampleDrain({ endedAt: undefined, heartbeats: [], timeline: [], pods: [] }))).toBe(0);
});
