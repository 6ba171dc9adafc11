import { describe, expect, it, test } from 'vitest';
import { planHooks } from '../../../shared/lifecycle/hook-plan.ts';
import type { GroupHook } from '../../../shared/lifecycle/hook-step.ts';
import { groupOf, hookOf, launchHookOf, topicArn, wanted } from './hook-builders.ts';

const foreign = (changes: Partial<GroupHook> = {}) => hookOf({ name: 'theirs', topicArn: undefined, ...changes });
const many = (count: number) => Array.from({ length: count }, (_, at) => foreign({ name: `theirs-${at}` }));
const codesOf = (hooks: readonly GroupHook[], changes = {}) =>
  planHooks(groupOf(), hooks, { ...wanted, ...changes }).steps.map(({ verdict, name, code }) => [verdict, name, code]);

describe('the plan of a group', () => {
  it('adds both hooks to a group without any: 30 minutes and CONTINUE, told to our topic, with the name of the cluster', () => {
    const { steps, others } = planHooks(groupOf(), [], wanted);
    expect(steps).toEqual([
      expect.objectContaining({
        verdict: 'create',
        kind: 'terminate',
        code: 'missing',
        text: 'is added',
        hook: hookOf(),
      }),
      expect.objectContaining({ verdict: 'create', kind: 'launch', code: 'missing', hook: launchHookOf() }),
    ]);
    expect(others).toEqual([]);
  });

  it('has nothing to do once it is done', () => {
    const { steps } = planHooks(groupOf(), [launchHookOf(), hookOf()], wanted);
    expect(steps.map(({ text }) => text)).toEqual(['as it should be', 'as it should be']);
    expect(codesOf([launchHookOf(), hookOf()])).toEqual([
      ['keep', 'eks-node-lifecycle-terminate', 'as-wanted'],
      ['keep', 'eks-node-lifecycle-launch', 'as-wanted'],
    ]);
  });

  test.each<[string, Partial<GroupHook>, object]>([
    ['heartbeat', { heartbeatSeconds: 300 }, { field: 'heartbeatSeconds', from: 300, to: 1800 }],
    ['default result', { defaultResult: 'ABANDON' }, { field: 'defaultResult', from: 'ABANDON', to: 'CONTINUE' }],
    ['topic', { topicArn: undefined }, { field: 'topicArn', from: undefined, to: topicArn }],
    ['role', { roleArn: 'arn:old' }, { field: 'roleArn', from: 'arn:old', to: wanted.roleArn }],
    ['transition', { transition: 'x' }, { field: 'transition', from: 'x', to: hookOf().transition }],
    [
      'cluster',
      { metadata: '{"cluster":"old"}' },
      { field: 'metadata', from: '{"cluster":"old"}', to: '{"cluster":"demo"}' },
    ],
  ])('changes the %s of a hook with our name, and says from what to what', (_title, before, change) => {
    const [step] = planHooks(groupOf(), [hookOf(before), launchHookOf()], wanted).steps;
    expect(step).toMatchObject({ verdict: 'change', code: 'differs', text: 'one value changes', changes: [change] });
    expect(step).toHaveProperty('hook', hookOf());
  });

  it('keeps the options that somebody wrote into the metadata, and counts several changes', () => {
    const metadata = '{"onDeadline":"continue","cluster":"old"}';
    const [step] = planHooks(groupOf(), [hookOf({ metadata, heartbeatSeconds: 60 })], wanted).steps;
    expect(step).toMatchObject({
      text: '2 values change',
      hook: { metadata: '{"cluster":"demo","onDeadline":"continue"}' },
    });
    expect(codesOf([hookOf({ metadata: '{ "onDeadline": "continue", "cluster": "demo" }' })])[0]?.[2]).toBe(
      'as-wanted',
    );
  });

  test.each([undefined, 'drain it', '[]'])('writes the cluster over metadata %j, which names none', (metadata) => {
    const [step] = planHooks(groupOf(), [hookOf({ metadata })], wanted).steps;
    expect(step).toMatchObject({ changes: [{ field: 'metadata', from: metadata, to: '{"cluster":"demo"}' }] });
  });

  it('adds no second hook where one of that transition notifies our topic already, under whatever name', () => {
    const { steps } = planHooks(groupOf(), [hookOf({ name: 'drain' })], wanted);
    expect(steps[0]?.text).toBe('notifies our topic already: it needs no second one');
    expect(codesOf([hookOf({ name: 'drain', heartbeatSeconds: 60 })])).toEqual([
      ['keep', 'drain', 'notifies-already'],
      ['create', 'eks-node-lifecycle-launch', 'missing'],
    ]);
  });

  it('keeps the hooks of others and mentions those that an instance will wait for as well', () => {
    const launches = foreign({ name: 'warm-up', transition: launchHookOf().transition });
    const plan = planHooks(groupOf(), [foreign(), launches], { ...wanted, kinds: ['terminate'] });
    expect(plan.steps).toMatchObject([{ verdict: 'create', kind: 'terminate' }]);
    const text = "somebody else's at terminate, kept: an instance waits for both";
    expect(plan.others).toEqual([{ name: 'theirs', code: 'foreign-hook', text }]);
  });

  it('mentions one that notifies our topic beside ours', () => {
    expect(planHooks(groupOf(), [hookOf({ name: 'drain' }), hookOf()], wanted)).toMatchObject({
      steps: [{ code: 'as-wanted' }, { code: 'missing' }],
      others: [{ name: 'drain', code: 'notifies-too', text: expect.stringContaining('one of the two can go') }],
    });
  });

  test.each([
    [48, ['create', 'create']],
    [49, ['create', 'refuse']],
    [50, ['refuse', 'refuse']],
  ])('of a group with %i hooks is %j: it can have fifty', (count, verdicts) => {
    const { steps } = planHooks(groupOf(), many(count), wanted);
    expect(steps.map(({ verdict }) => verdict)).toEqual(verdicts);
    const text = `the group has ${count} lifecycle hooks and can have 50`;
    for (const step of steps) if (step.verdict === 'refuse') expect(step).toMatchObject({ code: 'hook-limit', text });
  });

  it('changes a hook of a group that is full', () => {
    expect(codesOf([...many(48), hookOf({ heartbeatSeconds: 60 }), launchHookOf()])).toEqual([
      ['change', 'eks-node-lifecycle-terminate', 'differs'],
      ['keep', 'eks-node-lifecycle-launch', 'as-wanted'],
    ]);
  });
});
