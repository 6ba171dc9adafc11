import { expect, test } from 'vitest';
import { type Selection, whyOld } from '../../../shared/roll/old-instances.ts';
import type { GroupLaunches, LaunchSource } from '../../../shared/roll/roll-ports.ts';

const of = (version: string, templateId = 'lt-1'): LaunchSource => ({ templateId, version });
const only = (from: LaunchSource): GroupLaunches => ({ from, overrides: [] });
const selection: Omit<Selection, 'launches'> = {
  versions: new Map([['lt-1', { latest: '5', default: '2' }]]),
  launchTimes: new Map([['i-1', 1_000]]),
  which: 'template',
  before: undefined,
};
const instance = (from: LaunchSource | undefined, type = 'm5.large') => ({
  id: 'i-1',
  zone: 'a',
  type,
  lifecycleState: 'InService',
  healthy: true,
  protectedFromScaleIn: false,
  from,
});

test.each<[title: string, from: LaunchSource | undefined, launches: GroupLaunches, why: string | undefined]>([
  ['the version of the group', of('3'), only(of('3')), undefined],
  ['another version', of('2'), only(of('3')), 'launched from lt-1:2'],
  ['another template of that version', of('3', 'lt-2'), only(of('3')), 'launched from lt-2:3'],
  ['what $Latest stands for', of('5'), only(of('$Latest')), undefined],
  ['what $Latest stood for', of('4'), only(of('$Latest')), 'launched from lt-1:4'],
  ['what $Default stands for', of('2'), only(of('$Default')), undefined],
  ['the latest where the default counts', of('5'), only(of('$Default')), 'launched from lt-1:5'],
  ['nothing that is known', undefined, only(of('3')), 'launched from nothing that the group knows'],
  ['the configuration of the group', { configuration: 'a' }, only({ configuration: 'a' }), undefined],
  [
    'another configuration',
    { configuration: 'a' },
    only({ configuration: 'b' }),
    'launched from launch configuration a',
  ],
  [
    'a configuration, in a group with a template',
    { configuration: 'a' },
    only(of('1')),
    'launched from launch configuration a',
  ],
  ['anything, in a group that tells nothing', of('1'), { from: undefined, overrides: [] }, undefined],
  [
    'an override of its type',
    of('9', 'lt-2'),
    { from: of('3'), overrides: [{ type: 'm5.large', from: of('9', 'lt-2') }] },
    undefined,
  ],
  [
    'the template in place of its override',
    of('3'),
    { from: of('3'), overrides: [{ type: 'm5.large', from: of('9', 'lt-2') }] },
    'launched from lt-1:3',
  ],
  ['an override without a template', of('3'), { from: of('3'), overrides: [{ type: 'm5.large' }] }, undefined],
  [
    'a type that is no longer among them',
    of('3'),
    { from: of('3'), overrides: [{ type: 'c5.large' }] },
    'the group has no m5.large any more',
  ],
  [
    'a policy that chooses by attributes',
    of('9', 'lt-2'),
    { from: of('3'), overrides: [{ from: of('9', 'lt-2') }] },
    undefined,
  ],
])('an instance launched from %s', (_, from, launches, why) => {
  expect(whyOld(instance(from), { ...selection, launches })).toBe(why);
});

test.each([
  [1_001, 'launched 1970-01-01T00:00:01.000Z'],
  [1_000, undefined],
])('by age an instance is old when it was launched before %i', (before, why) => {
  const byAge = { ...selection, launches: only(of('5')), which: 'all' as const, before };
  expect(whyOld(instance(of('5')), byAge)).toBe(why);
  expect(whyOld({ ...instance(of('1')), id: 'i-unknown' }, byAge)).toBeUndefined();
});
