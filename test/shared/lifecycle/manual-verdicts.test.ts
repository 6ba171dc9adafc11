import { describe, expect, it } from 'vitest';
import { classifyPod } from '../../../shared/lifecycle/classify-pod.ts';
import { forceMomentOf, graceOf, remainingGrace } from '../../../shared/lifecycle/deadline.ts';
import { decide } from '../../../shared/lifecycle/decide.ts';
import { aManualPolicy, anObservation, aPod, aPolicy, judged, now, seconds, someFacts } from './builders.ts';

describe('with a pod selector', () => {
  const podSelector = { matchLabels: { app: 'web' }, matchExpressions: [] };
  const policy = aManualPolicy({ podSelector });

  it('pods with these labels go', () => {
    expect(classifyPod(aPod(), someFacts(), policy, now)).toMatchObject({ kind: 'evict', code: 'evictable' });
  });

  it.each([
    ['one with other labels', { labels: { app: 'db' } }],
    ['one without labels', { labels: {} }],
    ['one that would block', { labels: {}, controller: undefined }],
    ['one that is terminating', { labels: {}, deletionAt: now }],
  ])('%s stays, and is not waited for', (_, view) => {
    expect(classifyPod(aPod(view), someFacts(), policy, now)).toEqual({
      kind: 'stay',
      code: 'not-selected',
      reason: 'only pods with other labels were asked for',
    });
  });

  it('one that has finished is ignored as ever', () => {
    const pod = aPod({ labels: {}, phase: 'Succeeded' });
    expect(classifyPod(pod, someFacts(), policy, now).kind).toBe('ignore');
  });
});

describe('with a grace period of its own', () => {
  it.each([
    [5, 30, 5],
    [90, 30, 90],
    [30, 30, undefined],
  ])('an eviction gives %i s to a pod that has %i s (sent: %s)', (graceSeconds, own, sent) => {
    const pod = aPod({ graceSeconds: own });
    const policy = aManualPolicy({ graceSeconds, onDeadline: 'stop' });
    expect(graceOf(pod, policy)).toBe(graceSeconds);
    const seen = anObservation([judged('evict', pod)]);
    expect(decide(seen, policy, now).steps).toEqual([{ do: 'evict', pod, graceSeconds: sent }]);
  });

  it('it stands above the cap, and counts for the force moment and what is left', () => {
    const pod = aPod({ graceSeconds: 30 });
    const policy = aPolicy({ graceSeconds: 100, graceCapSeconds: 10 });
    expect(graceOf(pod, policy)).toBe(100);
    expect(forceMomentOf(pod, now, policy)).toBe(now - 130 * seconds);
    expect(remainingGrace(pod, now + 500 * seconds, now, policy)).toBe(100);
  });
});
