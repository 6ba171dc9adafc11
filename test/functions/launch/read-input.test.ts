import { describe, expect, it } from 'vitest';
import { readLaunchInput } from '../../../functions/launch/read-input.ts';
import { firstLaunchState } from '../../../shared/launch/launch-session.ts';

const action = {
  version: 1,
  kind: 'launch',
  account: '123456789012',
  region: 'us-east-1',
  instanceId: 'i-085e741d27b2407a8',
  groupName: 'example-asg',
  hookName: 'join',
  token: 'c9f2cd07-a390-4a22-913e-16df11021521',
  origin: 'EC2',
  destination: 'WarmPool',
};
const full = {
  version: 1,
  startedAt: 1_000,
  ticks: 3,
  clusterName: 'prod',
  nodeName: 'ip-10-0-0-1',
  heartbeatAt: 2_000,
  answeredAt: 3_000,
  noActionSince: 4_000,
  otherStateLooks: 1,
  missing: 'no Node',
  progressAt: 6_000,
};
const first = firstLaunchState(full.startedAt) as unknown as Record<string, unknown>;
const read = (input: object) => readLaunchInput({ action, state: null, execution: 'one', ...input });
const later = Object.keys(full).filter((name) => !['version', 'startedAt', 'ticks'].includes(name));

describe('the input of a tick of a launch', () => {
  it('is taken as the state machine sends it, on the first tick and later', () => {
    expect(read({})).toEqual({ action, state: null, execution: 'one' });
    expect(read({ state: full }).state).toEqual(full);
    expect(Object.keys(full).sort()).toEqual(Object.keys(first).sort());
  });

  it.each(later)('may lack %s, which an older version did not write', (name) => {
    const state = Object.fromEntries(Object.entries(full).filter(([key]) => key !== name));
    expect(read({ state }).state).toEqual({ ...full, [name]: first[name] });
  });

  it('keeps what a newer version wrote', () => {
    expect(read({ state: { ...full, since: 7 } }).state).toMatchObject({ since: 7 });
  });

  it.each<[object, string]>([
    [{ action: { ...action, kind: 'terminate' } }, 'action.kind: '],
    [{ action: { ...action, token: '' } }, 'action.token: '],
    [{ action: { ...action, origin: 'Mars' } }, 'action.origin: '],
    [{ state: { ...full, version: 2 } }, 'state.version: '],
    [{ state: { ...full, ticks: undefined } }, 'state.ticks: '],
    [{ execution: '' }, 'execution: '],
  ])('%j is refused with the field', (input, problem) => {
    expect(() => read(input)).toThrow(`not the input of a tick: ${problem}`);
  });
});
