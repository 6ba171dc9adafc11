import { describe, expect, it } from 'vitest';
import { readTickInput } from '../../../functions/terminate/read-input.ts';

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

describe('the input of a tick', () => {
  it('is taken as the state machine sends it, on the first tick and later', () => {
    expect(readTickInput({ action, state: null, execution: 'one' })).toEqual({ action, state: null, execution: 'one' });
    const state = { version: 1, startedAt: 1, ticks: 3, nodeName: 'n' };
    expect(readTickInput({ action, state, execution: 'one' }).state).toEqual(state);
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
    [
      'a state of another version',
      { action, state: { version: 2, startedAt: 1, ticks: 1 }, execution: 'one' },
      /state\.version: /,
    ],
    ['no execution', { action, state: null }, /execution: /],
  ])('is refused with the field when it is %s', (_title, event, message) => {
    expect(() => readTickInput(event)).toThrow(message);
  });
});
