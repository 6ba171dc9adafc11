import { describe, expect, it } from 'vitest';
import { readTickInput } from '../../../functions/terminate/read-input.ts';
import { firstState } from '../../../shared/drain/session.ts';

const action = {
  version: 1,
  kind: 'terminate',
  account: '123456789012',
  region: 'us-east-1',
  instanceId: 'i-05629ab7d9287e205',
  groupName: 'example-asg',
  hookName: 'drain',
  token: '465e0162-e6af-4786-b4e8-bb544ae58790',
};
const notice = {
  version: 1,
  kind: 'spot-interruption',
  account: '123456789012',
  region: 'us-east-1',
  instanceId: 'i-05629ab7d9287e205',
  noticeId: '1e5527d7-bb36-4607-3370-4164db56a40e',
  at: '2026-03-28T00:14:37.000Z',
  detail: 'terminate',
};
const full = {
  version: 1,
  startedAt: 1_000,
  ticks: 3,
  clusterName: 'prod',
  nodeName: 'ip-10-0-0-1',
  heartbeatAt: 2_000,
  noNodeLooks: 1,
  troubleSince: 3_000,
  trouble: 'the API server did not answer',
  troubleKind: 'no-answer',
  noActionSince: 4_000,
  emptyAt: 5_000,
  progressAt: 6_000,
  extendedUntil: 7_000,
  handedAt: 7_500,
  healthyLooks: 1,
  markSentAt: 1_400,
  cordonedAt: 1_500,
  marked: true,
  counts: { evicted: 4, forced: 1, blocked: 2, heartbeats: 3 },
};
const without = (name: string) => Object.fromEntries(Object.entries(full).filter(([key]) => key !== name));
const stateOf = (state: unknown) => readTickInput({ action, state, execution: 'one' }).state;
const always = ['version', 'startedAt', 'ticks', 'counts'];
const later = Object.keys(full).filter((name) => !always.includes(name));
const first: Record<string, unknown> = { ...firstState(full.startedAt) };

describe('the input of a tick', () => {
  it('is taken as the state machine sends it, on the first tick and later', () => {
    expect(readTickInput({ action, state: null, execution: 'one' })).toEqual({ action, state: null, execution: 'one' });
    expect(stateOf(full)).toEqual(full);
    expect(stateOf(first)).toEqual(first);
    expect(Object.keys(full).sort()).toEqual(Object.keys(first).sort());
  });

  it.each(['spot-interruption', 'rebalance', 'state-change', 'scheduled-change'])('may be a notice: %s', (kind) => {
    const input = { action: { ...notice, kind }, state: null, execution: 'one' };
    expect(readTickInput(input)).toEqual(input);
    const { at: _, detail: __, ...bare } = { ...notice, kind };
    expect(readTickInput({ ...input, action: bare })).toEqual({ ...input, action: bare });
  });

  it.each([
    ['nothing', undefined, /event: /],
    ['no token', { action: { ...action, token: undefined }, state: null, execution: 'one' }, /action\.token: /],
    ['a launch', { action: { ...action, kind: 'launch' }, state: null, execution: 'one' }, /action\.kind: /],
    [
      'an instance id of another shape',
      { action: { ...action, instanceId: 'web-1' }, state: null, execution: 'one' },
      /action\.instanceId: /,
    ],
    ['a state of another version', { action, state: { ...full, version: 2 }, execution: 'one' }, /state\.version: /],
    ['no execution', { action, state: null }, /execution: /],
    ['a notice without a name', { action: { ...notice, noticeId: '' }, state: null, execution: 'one' }, /noticeId: /],
    [
      'a notice with a time that is none',
      { action: { ...notice, at: 'soon' }, state: null, execution: 'one' },
      /action\.at: expected a time/,
    ],
    [
      'a notice of another kind',
      { action: { ...notice, kind: 'hunch' }, state: null, execution: 'one' },
      /action\.kind: /,
    ],
  ])('is refused with the field when it is %s', (_title, event, message) => {
    expect(() => readTickInput(event)).toThrow(message);
  });
});

describe('the state between ticks', () => {
  it.each(later)('that an older version wrote without %s has it as on a first tick', (name) => {
    expect(stateOf(without(name))).toEqual({ ...full, [name]: first[name] });
  });

  it.each(Object.keys(full.counts))('that an older version wrote without a count of %s counts it from 0', (name) => {
    const counts = Object.fromEntries(Object.entries(full.counts).filter(([key]) => key !== name));
    expect(stateOf({ ...full, counts })).toEqual({ ...full, counts: { ...full.counts, [name]: 0 } });
  });

  it('keeps what a newer version wrote into it', () => {
    expect(stateOf({ ...full, since: 1, counts: { ...full.counts, seen: 1 } })).toEqual({
      ...full,
      since: 1,
      counts: { ...full.counts, seen: 1 },
    });
  });

  it.each(always)('is not ours without %s', (name) => {
    expect(() => stateOf(without(name))).toThrow(`state.${name}: `);
  });

  it.each(Object.keys(full))('is refused with the field when %s is of another type', (name) => {
    expect(() => stateOf({ ...full, [name]: ['none'] })).toThrow(`not the input of a tick: state.${name}: `);
  });

  it('is refused with every field that is wrong', () => {
    const wrong = { ...full, marked: 'yes', progressAt: null, counts: { ...full.counts, forced: '1' } };
    expect(() => stateOf(wrong)).toThrow(/state\.progressAt: .+; state\.marked: .+; state\.counts\.forced: /);
  });
});
