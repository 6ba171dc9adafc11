import { describe, expect, it } from 'vitest';
import { decide, type Observation, type Step } from '../../../shared/lifecycle/decide.ts';
import type { PodView } from '../../../shared/lifecycle/pod.ts';
import type { DrainPolicy } from '../../../shared/lifecycle/policy.ts';
import type { VerdictKind } from '../../../shared/lifecycle/verdict.ts';
import {
  aBudget,
  aManualPolicy,
  anAttempt,
  anObservation,
  aPolicy,
  aRefusal,
  judged,
  minutes,
  now,
  seconds,
} from './builders.ts';

const order = (value: number): Partial<PodView> => ({
  annotations: { 'eks-node-lifecycle.io/drain-order': `${value}` },
});
const clusterCritical = { priorityClassName: 'system-cluster-critical' };
const nodeCritical = { priorityClassName: 'system-node-critical' };

const say = ({ do: verb, pod, graceSeconds }: Step) =>
  `${verb} ${pod.name}${graceSeconds === undefined ? '' : ` in ${graceSeconds} s`}`;
const steps = (seen: Observation, policy: DrainPolicy = aPolicy()) => decide(seen, policy, now).steps.map(say);

describe('a pod whose verdict is', () => {
  it.each<[VerdictKind, string[]]>([
    ['evict', ['evict web-1']],
    ['wait', []],
    ['ignore', []],
    ['stay', []],
    ['stuck', []],
    ['bounce', []],
  ])('%s comes to %j', (kind, said) => {
    expect(steps(anObservation([judged(kind)]))).toEqual(said);
  });

  it.each<[VerdictKind, boolean]>([
    ['evict', true],
    ['wait', true],
    ['ignore', false],
    ['stay', false],
    ['stuck', false],
    ['bounce', false],
  ])('%s is waited for: %s', (kind, waitedFor) => {
    expect(decide(anObservation([judged(kind)]), aPolicy(), now).left).toHaveLength(waitedFor ? 1 : 0);
  });
});

describe('a drain with one blocked pod', () => {
  const pods = [judged('block', { name: 'a' }), judged('evict', { name: 'b' }), judged('block', { name: 'c' })];
  const decision = decide(anObservation(pods), aManualPolicy(), now);

  it('evicts nothing (T21)', () => {
    expect(decision).toMatchObject({ steps: [], dueAt: undefined, forceAt: undefined });
  });

  it('says every blocked pod at once (T21)', () => {
    expect(decision.blocked.map(({ pod }) => pod.name)).toEqual(['a', 'c']);
  });
});

describe('tiers', () => {
  const wave = (...names: [string, Partial<PodView>][]) =>
    names.map(([name, view]) => judged('evict', { name, ...view }));
  const node = () =>
    wave(['node', nodeCritical], ['plain', {}], ['cluster', clusterCritical], ['last', order(7)], ['first', order(-5)]);

  it('go lowest first, and the next when the last pod of the one before is gone (T90 T91)', () => {
    const waves: string[][] = [];
    let pods = node();
    while (pods.length > 0) {
      const { steps } = decide(anObservation(pods), aPolicy(), now);
      waves.push(steps.map(({ pod }) => pod.name));
      pods = pods.filter(({ pod }) => !steps.some((step) => step.pod.uid === pod.uid));
    }
    expect(waves).toEqual([['first'], ['plain'], ['last'], ['cluster'], ['node']]);
  });

  it('wait for pods that are terminating', () => {
    const terminating = judged('wait', { name: 'old', deletionAt: now + 10 * seconds });
    expect(steps(anObservation([terminating, judged('evict', { name: 'new', ...clusterCritical })]))).toEqual([]);
  });

  it('wait for pods that wait: order −5 goes, wait and 6 do not (T93)', () => {
    const pods = [
      judged('evict', { name: 'six', ...order(6) }),
      judged('wait', { name: 'wait' }),
      ...wave(['five', order(-5)]),
    ];
    expect(steps(anObservation(pods))).toEqual(['evict five']);
    expect(steps(anObservation(pods.slice(0, 2)))).toEqual([]);
  });

  it('do not wait for pods that are stuck or stay', () => {
    const pods = [judged('stuck', { name: 'a' }), judged('stay', { name: 'b' }), ...wave(['c', nodeCritical])];
    expect(steps(anObservation(pods))).toEqual(['evict c']);
  });

  it('that are empty are not waited for (T92)', () => {
    expect(steps(anObservation(wave(['a', order(10)], ['b', order(2000)])))).toEqual(['evict a']);
    expect(steps(anObservation(wave(['b', order(2000)])))).toEqual(['evict b']);
  });
});

describe('the grace sent with an eviction', () => {
  it("is the pod's own, unless the policy caps it (T91)", () => {
    const pods = [
      judged('evict', { name: 'short', graceSeconds: 10 }),
      judged('evict', { name: 'long', graceSeconds: 90 }),
    ];
    expect(steps(anObservation(pods))).toEqual(['evict short', 'evict long']);
    expect(steps(anObservation(pods), aPolicy({ graceCapSeconds: 60 }))).toEqual(['evict short', 'evict long in 60 s']);
  });
});

describe('requests in flight', () => {
  const pods = ['a', 'b', 'c'].map((name) => judged('evict', { name }));
  const inFlight = anAttempt({ inFlight: true });

  it('are never doubled', () => {
    expect(steps(anObservation(pods, { attempts: { 'uid-b': inFlight } }))).toEqual(['evict a', 'evict c']);
  });

  it('are at most the limit', () => {
    expect(steps(anObservation(pods, { inFlightLimit: 2, attempts: { 'uid-b': inFlight } }))).toEqual(['evict a']);
  });

  it('are at most max(1, disruptionsAllowed) for a budget', () => {
    const two = [aBudget({ disruptionsAllowed: 2 })];
    expect(steps(anObservation(pods, { budgets: two }))).toEqual(['evict a', 'evict b']);
    expect(steps(anObservation(pods, { budgets: [aBudget({ disruptionsAllowed: 0 })] }))).toEqual(['evict a']);
  });

  it('go to whoever was asked least recently: none keeps the others from being asked', () => {
    const attempts = {
      'uid-a': anAttempt({ triedAt: now - 10 * seconds }),
      'uid-b': anAttempt({ triedAt: now - 20 * seconds }),
    };
    expect(steps(anObservation(pods, { attempts, inFlightLimit: 1 }))).toEqual(['evict c']);
    expect(steps(anObservation(pods.slice(0, 2), { attempts }))).toEqual(['evict b', 'evict a']);
  });

  it('still count when the pod has finished meanwhile', () => {
    const finished = judged('ignore', { name: 'done' });
    const seen = { budgets: [aBudget({ disruptionsAllowed: 2 })], attempts: { 'uid-done': inFlight } };
    expect(steps(anObservation([finished, ...pods], seen))).toEqual(['evict a']);
  });
});

describe('a pod that was refused', () => {
  const refused = { attempts: { 'uid-web-1': aRefusal(now - 10 * seconds) } };

  it('is left alone until its delay is over (T41)', () => {
    const seen = anObservation([judged()], refused);
    expect(decide(seen, aPolicy(), now)).toMatchObject({ steps: [], dueAt: now + 20 * seconds });
    expect(decide(seen, aPolicy(), now + 20 * seconds).steps.map(say)).toEqual(['evict web-1']);
  });

  it('does not keep the others waiting (T44 T57)', () => {
    expect(steps(anObservation([judged(), judged('evict', { name: 'b' })], refused))).toEqual(['evict b']);
  });
});

describe('what falls due although nothing changes', () => {
  it('is the soonest of all', () => {
    const pods = [judged(), judged('evict', { name: 'b' }), judged('wait', { name: 'c', graceSeconds: 600 })];
    const attempts = {
      'uid-web-1': anAttempt({ notBefore: now + 9 * seconds }),
      'uid-b': anAttempt({ notBefore: now + 7 * seconds }),
    };
    const seen = anObservation(pods, { attempts, deadlineAt: now + 60 * minutes });
    expect(decide(seen, aPolicy(), now)).toMatchObject({ dueAt: now + 7 * seconds, forceAt: now + 49.5 * minutes });
  });

  it('is nothing for a request in flight, nor for a pod that only its owner may end', () => {
    const seen = anObservation([judged('evict'), judged('wait', { name: 'b' })], {
      attempts: { 'uid-web-1': anAttempt({ inFlight: true }) },
      deadlineAt: now - minutes,
    });
    expect(decide(seen, aManualPolicy(), now)).toMatchObject({ steps: [], dueAt: undefined, forceAt: undefined });
  });
});
