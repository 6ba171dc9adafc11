import { describe, expect, it } from 'vitest';
import {
  type AutoScalingFacts,
  hasReturned,
  isLeaving,
  type Verified,
  verifyTermination,
} from '../../../shared/lifecycle/verify-action.ts';
import { anAction } from './builders.ts';

const topic = 'arn:aws:sns:us-east-1:123456789012:eks-node-lifecycle';
const ours = { hookNames: [], topicArns: [topic] };
const groupName = 'example-asg';
const instance = { groupName, lifecycleState: 'Terminating:Wait' };
const healthy = { groupName, lifecycleState: 'InService' };
const hook = { name: 'drain-hook', notificationTargetArn: topic };
const facts = (more: Partial<AutoScalingFacts> = {}) => ({ instance, group: { tags: {} }, hook, ...more });
const first = { looks: 1, marked: false };

function say(verified: Verified): string {
  return 'end' in verified ? `${verified.verdict} ${verified.end.code ?? verified.end.reason}` : verified.verdict;
}
const verify = (
  more: Partial<AutoScalingFacts>,
  progress = first,
  hooks: typeof ours | { hookNames: string[]; topicArns: string[] } = ours,
) => verifyTermination(anAction(), facts(more), hooks, progress);
const inState = (lifecycleState: string, progress = first, destination: 'EC2' | 'WarmPool' | 'unsaid' = 'EC2') => {
  const { destination: _, ...action } = anAction();
  const going = destination === 'unsaid' ? action : { ...action, destination };
  return say(verifyTermination(going, facts({ instance: { groupName, lifecycleState } }), ours, progress));
};

describe('an action is worked on', () => {
  it.each(['Terminating', 'Terminating:Wait', 'Warmed:Terminating', 'Warmed:Terminating:Wait'])('in %s', (state) => {
    expect(inState(state)).toBe('go');
  });

  it.each(['Warmed:Pending', 'Warmed:Pending:Wait'])('in %s, on return to a warm pool', (state) => {
    expect(inState(state, first, 'WarmPool')).toBe('go');
    expect(inState(state, first, 'unsaid')).toBe('go');
    expect(inState(state, first, 'EC2')).toBe('look-again');
  });

  it('of a hook that notifies our topic, or that our settings name', () => {
    const elsewhere = { hook: { ...hook, notificationTargetArn: 'arn:aws:sns:us-east-1:123456789012:theirs' } };
    const nowhere = { hook: { ...hook, notificationTargetArn: undefined } };
    const named = { hookNames: ['drain-hook'], topicArns: [] };
    expect([elsewhere, nowhere].map((more) => say(verify(more)))).toEqual(['end foreign-hook', 'end foreign-hook']);
    expect([{}, elsewhere, nowhere].map((more) => say(verify(more, first, named)))).toEqual(['go', 'go', 'go']);
  });

  it('of a group with a tag, when our settings ask for it', () => {
    const asking = { ...ours, requireTag: true };
    const managed = { group: { tags: { 'eks-node-lifecycle/managed': 'true' } } };
    const said = [{}, managed].map((more) => say(verify(more, first, asking)));
    expect(said).toEqual(['end not-opted-in', 'go']);
  });

  it('although the group cannot be described', () => {
    expect(say(verify({ group: undefined }))).toBe('go');
  });
});

describe('an action ends at once', () => {
  it.each<[string, Partial<AutoScalingFacts>, string, string]>([
    [
      'a managed node group',
      { group: { tags: { 'eks:nodegroup-name': 'workers' } } },
      'end managed-node-group',
      'example-asg belongs to the managed node group workers, which EKS drains itself',
    ],
    [
      'a group that is tagged so',
      { group: { tags: { 'eks-node-lifecycle/managed': 'false' } } },
      'end opted-out',
      'example-asg is tagged eks-node-lifecycle/managed=false',
    ],
    [
      'an instance of another group',
      { instance: { ...instance, groupName: 'other-asg' } },
      'end instance-not-in-group',
      'EC2InstanceId i-05629ab7d9287e205 is in group other-asg, AutoScalingGroupName says example-asg',
    ],
    [
      'a hook that is gone',
      { hook: undefined },
      'end hook-not-found',
      'group example-asg has no lifecycle hook drain-hook',
    ],
    [
      'a hook of another team',
      { hook: { ...hook, notificationTargetArn: undefined } },
      'end foreign-hook',
      'LifecycleHookName drain-hook of example-asg is neither named in our settings nor notifies our topic',
    ],
  ])('for %s', (_case, more, said, text) => {
    const verified = verify(more);
    expect(say(verified)).toBe(said);
    expect(verified).toMatchObject({ end: { text, completion: null, alarm: false } });
  });

  it.each([
    'Terminating:Proceed',
    'Warmed:Terminating:Proceed',
    'Warmed:Pending:Proceed',
    'Terminated',
    'Warmed:Terminated',
    'Terminating:Retained',
    'Warmed:Terminating:Retained',
    'Warmed:Pending:Retained',
  ])('in %s: the hook is already resolved, and nothing is undone', (state) => {
    expect(inState(state)).toBe('end already-resolved');
    expect(inState(state, { looks: 1, marked: true })).toBe('end already-resolved');
    expect(verify({ instance: { groupName, lifecycleState: state } })).toMatchObject({
      end: { text: `i-05629ab7d9287e205 is in ${state}: its hook was completed already` },
    });
  });
});

describe('an instance that Auto Scaling no longer knows', () => {
  it('is looked for again, and then resolved', () => {
    const text = 'Auto Scaling no longer knows i-05629ab7d9287e205';
    expect(verify({ instance: undefined })).toEqual({ verdict: 'look-again', text });
    const verified = verify({ instance: undefined }, { looks: 2, marked: true });
    expect(verified).toMatchObject({ verdict: 'end', end: { reason: 'already-resolved', text } });
  });
});

describe('a hook that was deleted while we worked on it', () => {
  it('is resolved', () => {
    const verified = verify({ hook: undefined }, { looks: 1, marked: true });
    const text = 'the lifecycle hook drain-hook of example-asg was deleted';
    expect(verified).toMatchObject({ verdict: 'end', end: { reason: 'already-resolved', text } });
  });
});

describe('a healthy instance', () => {
  const inService = [
    'InService',
    'EnteringStandby',
    'Standby',
    'Warmed:Stopped',
    'Warmed:Running',
    'Warmed:Hibernated',
  ];
  const between = ['Pending:Proceed', 'ReplacingRootVolume:Proceed', 'Detaching'];

  it.each([...inService, ...between])('in %s is looked at again, then left alone', (state) => {
    expect(inState(state)).toBe('look-again');
    expect(inState(state, { looks: 2, marked: false })).toBe('end healthy-instance');
  });

  it.each(inService)('in %s that we have marked is given back', (state) => {
    expect(inState(state, { looks: 1, marked: true })).toBe('undo returned');
  });

  it.each(between)('in %s is not given back yet', (state) => {
    expect(inState(state, { looks: 1, marked: true })).toBe('look-again');
  });

  it.each([
    'Cooled:Terminating:Wait',
    'Cooled:Warmed:Pending:Wait',
    'Warmed:Pending:Waiting',
    'Cooled:InService',
    'InService:Wait',
    'Cooled:Terminating:Proceed',
    'Terminating:Proceeded',
    'Cooled:Terminated',
    'Terminated:Wait',
  ])('in %s, a state that Auto Scaling may yet invent, is taken for nothing that it resembles', (state) => {
    expect(inState(state, { looks: 1, marked: true }, 'WarmPool')).toBe('look-again');
  });

  it('is named with its state', () => {
    const text = 'EC2InstanceId i-05629ab7d9287e205 is InService, not terminating';
    expect(verify({ instance: healthy })).toEqual({ verdict: 'look-again', text });
    expect(verify({ instance: healthy }, { looks: 2, marked: false })).toMatchObject({
      end: { text: `${text}: the event is forged, replayed or out of date` },
    });
  });
});

describe('an action that Auto Scaling does not know may still come', () => {
  it.each([
    ['Terminating', true],
    ['Terminating:Wait', true],
    ['Warmed:Terminating:Wait', true],
    ['Warmed:Pending:Wait', true],
    ['Terminating:Proceed', false],
    ['InService', false],
    ['gone', false],
  ])('in %s: %s', (state, may) => {
    expect(isLeaving(state)).toBe(may);
  });
});

describe('an instance has returned', () => {
  it.each<[string, 'EC2' | 'WarmPool' | undefined, boolean]>([
    ['InService', 'EC2', true],
    ['InService', 'WarmPool', true],
    ['Standby', undefined, true],
    ['Warmed:Stopped', 'EC2', true],
    ['Warmed:Stopped', 'WarmPool', false],
    ['Warmed:Running', undefined, false],
    ['Terminating:Wait', 'EC2', false],
    ['Terminating:Proceed', 'EC2', false],
  ])('in %s, on the way to %s: %s', (state, destination, returned) => {
    expect(hasReturned(destination ? { destination } : {}, state)).toBe(returned);
  });
});
