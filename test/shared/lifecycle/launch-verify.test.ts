import { describe, expect, it } from 'vitest';
import {
  isLeavingLaunch,
  launchesTo,
  launchIgnoredEnd,
  type VerifiedLaunch,
  verifyLaunch,
  withoutUsEnd,
} from '../../../shared/lifecycle/launch-verify.ts';
import type { AutoScalingFacts } from '../../../shared/lifecycle/verify-action.ts';
import { anAction } from './builders.ts';

const topic = 'arn:aws:sns:us-east-1:123456789012:ours';
const ours = { hookNames: ['named-hook'], topicArns: [topic] };
const action = anAction({ kind: 'launch', hookName: 'launch-hook', origin: 'EC2', destination: 'AutoScalingGroup' });
const facts = (lifecycleState = 'Pending:Wait', rest: Partial<AutoScalingFacts> = {}): AutoScalingFacts => ({
  instance: { groupName: action.groupName, lifecycleState },
  group: { tags: {} },
  hook: { name: 'launch-hook', notificationTargetArn: topic },
  ...rest,
});
const say = (verified: VerifiedLaunch) =>
  verified.verdict === 'go'
    ? `go ${verified.to}${verified.inService ? ' in service' : ''}`
    : verified.verdict === 'end'
      ? `${verified.end.reason} ${verified.end.code ?? ''}`.trim()
      : verified.verdict;
const verify = (seen: AutoScalingFacts, progress: { looks?: number; begun?: boolean } = {}, as: object = {}) =>
  verifyLaunch({ ...action, ...as }, seen, ours, { looks: 0, begun: false, ...progress });

describe('a launch is worked on', () => {
  it.each([
    ['Pending', 'AutoScalingGroup', 'go group'],
    ['Pending:Wait', 'AutoScalingGroup', 'go group'],
    ['Pending:Wait', undefined, 'go group'],
    ['Warmed:Pending', 'WarmPool', 'go warm-pool'],
    ['Warmed:Pending:Wait', 'WarmPool', 'go warm-pool'],
    ['Warmed:Pending:Wait', undefined, 'go warm-pool'],
    ['Pending:Wait', 'WarmPool', 'look-again'],
    ['Warmed:Pending:Wait', 'AutoScalingGroup', 'look-again'],
  ] as const)('in %s to %s: %s', (state, destination, expected) => {
    const { destination: _, ...without } = action;
    const asked = destination === undefined ? without : { ...without, destination };
    expect(say(verifyLaunch(asked, facts(state), ours, { looks: 0, begun: false }))).toBe(expected);
  });

  it('when its hook has one of our names, whatever it notifies', () => {
    const hook = { name: 'named-hook', notificationTargetArn: undefined };
    expect(say(verify(facts('Pending:Wait', { hook }), {}, { hookName: 'named-hook' }))).toBe('go group');
  });

  it('to its end when it came into service by a timeout meanwhile, and not when it never was ours to begin', () => {
    expect(say(verify(facts('InService'), { begun: true }))).toBe('go group in service');
    expect(say(verify(facts('Pending:Proceed'), { begun: true }))).toBe('go group in service');
    expect(say(verify(facts('InService')))).toBe('already-resolved');
    expect(say(verify(facts('Terminating:Wait'), { begun: true }))).toBe('already-resolved');
  });
});

describe('a launch is over', () => {
  it.each([
    'Pending:Proceed',
    'Warmed:Pending:Proceed',
    'InService',
    'EnteringStandby',
    'Standby',
    'Detaching',
    'Detached',
    'Terminating',
    'Terminating:Wait',
    'Terminating:Proceed',
    'Terminating:Retained',
    'Terminated',
    'Warmed:Terminating:Wait',
    'Warmed:Terminated',
  ])('in %s', (state) => {
    expect(say(verify(facts(state)))).toBe('already-resolved');
  });

  it.each(['Warmed:Stopped', 'Warmed:Running', 'Warmed:Hibernated'])('into the warm pool, in %s', (state) => {
    expect(say(verify(facts(state), {}, { destination: 'WarmPool' }))).toBe('already-resolved');
  });

  it('when Auto Scaling does not know the instance at the third look', () => {
    const looks = [0, 1, 2].map((each) => say(verify(facts('', { instance: undefined }), { looks: each })));
    expect(looks).toEqual(['look-again', 'look-again', 'already-resolved']);
  });
});

describe('a launch is ignored', () => {
  it.each(['Warmed:Stopped', 'Warmed:Running', 'Warmed:Hibernated', 'Quarantined'])(
    'after two more looks at an instance that is %s',
    (state) => {
      const looks = [0, 1, 2].map((each) => say(verify(facts(state), { looks: each })));
      expect(looks).toEqual(['look-again', 'look-again', 'ignored not-launching']);
    },
  );

  it.each([
    [
      'a managed node group',
      facts('Pending:Wait', { group: { tags: { 'eks:nodegroup-name': 'a' } } }),
      'managed-node-group',
    ],
    [
      'a group that opted out',
      facts('Pending:Wait', { group: { tags: { 'eks-node-lifecycle/managed': 'false' } } }),
      'opted-out',
    ],
    [
      'an instance of another group',
      facts('Pending:Wait', { instance: { groupName: 'other', lifecycleState: 'Pending:Wait' } }),
      'instance-not-in-group',
    ],
    ['a hook that is gone', facts('Pending:Wait', { hook: undefined }), 'hook-not-found'],
    [
      'a hook of somebody else',
      facts('Pending:Wait', { hook: { name: 'launch-hook', notificationTargetArn: 'arn:other' } }),
      'foreign-hook',
    ],
  ])('of %s', (_, seen, code) => {
    expect(say(verify(seen))).toBe(`ignored ${code}`);
  });

  it('where only groups that say so are ours', () => {
    const strict = { ...ours, requireTag: true };
    const verified = verifyLaunch(action, facts(), strict, { looks: 0, begun: false });
    expect(say(verified)).toBe('ignored not-opted-in');
  });

  it('though nothing is known of its group, which may be gone', () => {
    expect(say(verify(facts('Pending:Wait', { group: undefined })))).toBe('go group');
  });
});

it('what comes of it is told in whole sentences, without an alarm', () => {
  const told = (seen: AutoScalingFacts, looks = 2) => {
    const verified = verify(seen, { looks });
    return verified.verdict === 'end' ? [verified.end.text, verified.end.alarm] : 'text' in verified && verified.text;
  };
  const id = action.instanceId;
  expect(told(facts('', { instance: undefined }))).toEqual([`Auto Scaling does not know ${id}`, false]);
  expect(told(facts('InService'))).toEqual([`${id} is InService: its launch is over`, false]);
  expect(told(facts('Warmed:Stopped'), 0)).toBe(`${id} is Warmed:Stopped, not launching`);
  expect(told(facts('Warmed:Stopped'))).toEqual([
    `${id} is Warmed:Stopped, not launching: the event is forged, replayed or out of date`,
    false,
  ]);
  expect(told(facts('Pending', { instance: { groupName: 'other', lifecycleState: 'Pending' } }))).toEqual([
    `EC2InstanceId ${id} is in group other, AutoScalingGroupName says example-asg`,
    false,
  ]);
  expect(told(facts('Pending', { hook: undefined }))).toEqual([
    'group example-asg has no lifecycle hook launch-hook',
    false,
  ]);
  expect(told(facts('Pending', { hook: { name: 'x', notificationTargetArn: undefined } }))).toEqual([
    'LifecycleHookName launch-hook of example-asg is neither named in our settings nor notifies our topic',
    false,
  ]);
});

it('where a launch leads is told by state and destination', () => {
  expect(launchesTo('Pending:Wait', undefined)).toBe('group');
  expect(launchesTo('Warmed:Pending', 'WarmPool')).toBe('warm-pool');
  expect(launchesTo('InService', undefined)).toBeUndefined();
});

it.each([
  [undefined, true],
  ['Terminating:Wait', true],
  ['Terminated', true],
  ['Warmed:Terminating:Proceed', true],
  ['Detached', true],
  ['InService', false],
  ['Pending:Proceed', false],
  ['Warmed:Stopped', false],
  ['Standby', false],
])('an instance that is %s leaves: %s', (lifecycleState, leaves) => {
  expect(isLeavingLaunch(lifecycleState)).toBe(leaves);
});

it('what came of a launch without us completes nothing and keeps its alarm', () => {
  const end = { ...launchIgnoredEnd('x', 'its node is silent', true), completion: 'ABANDON', fix: 'reboot' } as const;
  expect(withoutUsEnd('the instance is in service', end)).toEqual({
    reason: 'already-resolved',
    code: 'x',
    completion: null,
    text: 'the instance is in service: its node is silent',
    fix: 'reboot',
    alarm: true,
  });
});
