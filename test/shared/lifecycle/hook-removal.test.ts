import { describe, expect, it, test } from 'vitest';
import { planRemoval } from '../../../shared/lifecycle/hook-removal.ts';
import type { GroupHook } from '../../../shared/lifecycle/hook-step.ts';
import { groupOf, hookOf, launchHookOf, topicArn } from './hook-builders.ts';

const both = { topicArn, kinds: ['terminate', 'launch'] } as const;
const other = 'arn:aws:sns:eu-west-1:123456789012:other';

describe('the removal of hooks', () => {
  it('deletes ours and nothing else', () => {
    const theirs = [hookOf({ name: 'theirs', topicArn: undefined }), hookOf({ name: 'others', topicArn: other })];
    expect(planRemoval(groupOf(), [...theirs, hookOf(), launchHookOf()], both)).toMatchObject({
      steps: [
        { verdict: 'delete', name: 'eks-node-lifecycle-terminate', code: 'ours', text: 'is deleted', waiting: [] },
        { verdict: 'delete', name: 'eks-node-lifecycle-launch', waiting: [] },
      ],
      others: [],
    });
  });

  it('has nothing to do for a group without them, or of the kind that is not asked for', () => {
    expect(planRemoval(groupOf(), [], both).steps).toEqual([]);
    expect(planRemoval(groupOf(), [hookOf()], { topicArn, kinds: ['launch'] }).steps).toEqual([]);
  });

  test.each<[string, Partial<GroupHook>, string]>([
    ['another topic', { topicArn: other }, other],
    ['no topic', { topicArn: undefined }, 'nobody'],
  ])('keeps a hook with our name that notifies %s', (_title, changes, named) => {
    const { steps } = planRemoval(groupOf(), [hookOf(changes)], both);
    expect(steps).toMatchObject([{ verdict: 'keep', code: 'other-topic', text: expect.stringContaining(named) }]);
  });

  it('goes by the name when no topic is given', () => {
    const { steps, others } = planRemoval(
      groupOf(),
      [hookOf({ topicArn: other }), hookOf({ name: 'drain', topicArn: undefined })],
      { ...both, topicArn: undefined },
    );
    expect(steps).toMatchObject([{ verdict: 'delete' }]);
    expect(others).toEqual([]);
  });

  it('keeps and mentions one that notifies our topic under another name', () => {
    expect(planRemoval(groupOf(), [hookOf({ name: 'drain' })], both)).toMatchObject({
      steps: [],
      others: [{ name: 'drain', code: 'notifies-too', text: expect.stringContaining('not ours: kept') }],
    });
  });

  it('names the instances that wait, and how their actions are completed when their hook goes', () => {
    const instances = [
      { id: 'i-1', lifecycleState: 'InService' },
      { id: 'i-2', lifecycleState: 'Terminating:Wait' },
      { id: 'i-3', lifecycleState: 'Pending:Wait' },
      { id: 'i-4', lifecycleState: 'Terminating:Proceed' },
    ];
    const odd = { transition: 'autoscaling:ODD' };
    const waitingOf = (hook: GroupHook) => planRemoval(groupOf({ instances }), [hook], both).steps;
    expect(waitingOf(hookOf())).toMatchObject([{ waiting: [{ id: 'i-2', result: 'CONTINUE' }] }]);
    expect(waitingOf(launchHookOf())).toMatchObject([{ waiting: [{ id: 'i-3', result: 'ABANDON' }] }]);
    expect(waitingOf(hookOf(odd))).toMatchObject([{ waiting: [] }]);
  });
});
