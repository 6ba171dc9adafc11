import { describe, expect, it } from 'vitest';
import { launchPatch, leftMark } from '../../../shared/lifecycle/launch-patch.ts';
import type { NodeTemplate } from '../../../shared/lifecycle/launch-template.ts';
import { deadlineAnnotation, drainAnnotation, excludeLabel, stopAnnotation } from '../../../shared/lifecycle/mark.ts';
import { aMark, aNode, minutes, now } from './builders.ts';

const startUp = { key: 'eks-node-lifecycle.io/not-ready', effect: 'NoSchedule' };
const theirs = { key: 'example.com/theirs', effect: 'NoExecute', timeAdded: '2026-01-01T00:00:00Z' };
const gpu = { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' };
const template = (rest: Partial<NodeTemplate> = {}): NodeTemplate => ({
  labels: {},
  taints: [],
  problems: [],
  ...rest,
});
const asLaunched = { undoMark: false, admitPods: true };

describe('the patch of a launch', () => {
  it('is none for a node that is what it should be', () => {
    const node = aNode({ labels: { pool: 'gpu' }, taints: [theirs, gpu] });
    expect(launchPatch(node, template({ labels: { pool: 'gpu' }, taints: [gpu] }), asLaunched)).toBeUndefined();
  });

  it('adds labels and taints and takes the start-up taint away at once, and keeps the other taints as they are', () => {
    const node = aNode({ taints: [startUp, theirs, { ...startUp, effect: 'NoExecute' }] });
    const made = launchPatch(node, template({ labels: { pool: 'gpu' }, taints: [gpu] }), asLaunched);
    expect(made?.patch).toEqual({
      metadata: { resourceVersion: '7', labels: { pool: 'gpu' } },
      spec: { taints: [theirs, gpu] },
    });
    expect(made?.changes).toEqual([
      'label pool=gpu',
      'taint dedicated=gpu:NoSchedule',
      'takes away the taint eks-node-lifecycle.io/not-ready',
    ]);
  });

  it('sets a label and a taint of another value to what the tag says', () => {
    const other = { ...gpu, effect: 'NoExecute' };
    const node = aNode({ labels: { pool: 'cpu' }, taints: [{ ...gpu, value: 'cpu' }, other] });
    const made = launchPatch(node, template({ labels: { pool: 'gpu' }, taints: [gpu] }), asLaunched);
    expect(made?.patch).toMatchObject({ metadata: { labels: { pool: 'gpu' } }, spec: { taints: [other, gpu] } });
    expect(made?.changes).toEqual(['label pool=gpu instead of cpu', 'taint dedicated=gpu:NoSchedule instead of cpu']);
  });

  it('says a taint without a value so', () => {
    const soft = { key: 'soft', effect: 'PreferNoSchedule' };
    const made = launchPatch(aNode(), template({ taints: [soft] }), asLaunched);
    expect(made?.changes).toEqual(['taint soft:PreferNoSchedule']);
    const two = launchPatch(aNode({ taints: [{ ...gpu, value: 'x' }] }), template({ taints: [gpu, soft] }), asLaunched);
    expect(two?.patch.spec?.taints).toEqual([gpu, soft]);
    expect(made?.patch).toEqual({ metadata: { resourceVersion: '7' }, spec: { taints: [soft] } });
  });

  it('leaves the start-up taint on a node that no pod shall come to yet', () => {
    const node = aNode({ taints: [startUp] });
    expect(launchPatch(node, template(), { undoMark: false, admitPods: false })).toBeUndefined();
    const made = launchPatch(node, template({ taints: [gpu] }), { undoMark: false, admitPods: false });
    expect(made?.patch.spec?.taints).toEqual([startUp, gpu]);
  });

  it('takes back the marks of a drain that was ours, the cordon with them', () => {
    const annotations = { [drainAnnotation]: JSON.stringify(aMark({ ended: 'drained' })) };
    const node = aNode({ annotations, unschedulable: true, labels: { [excludeLabel]: 'true' } });
    const made = launchPatch(node, template(), { undoMark: true, admitPods: true });
    expect(made?.changes).toEqual(['takes back the marks of its last drain']);
    expect(made?.patch).toEqual({
      metadata: {
        resourceVersion: '7',
        labels: { [excludeLabel]: null },
        annotations: { [drainAnnotation]: null, [stopAnnotation]: null, [deadlineAnnotation]: null },
      },
      spec: { unschedulable: null },
    });
  });

  it("leaves a cordon and a label that were not the drain's", () => {
    const mark = aMark({ ended: 'drained', ours: { label: false, cordon: false } });
    const node = aNode({ annotations: { [drainAnnotation]: JSON.stringify(mark) }, unschedulable: true });
    const made = launchPatch(node, template({ labels: { pool: 'gpu' } }), { undoMark: true, admitPods: true });
    expect(made?.patch.spec).toBeUndefined();
    expect(made?.patch.metadata.labels).toEqual({ pool: 'gpu' });
  });

  it('keeps a label of the drain that the group wants anyway', () => {
    const annotations = { [drainAnnotation]: JSON.stringify(aMark({ ended: 'drained' })) };
    const node = aNode({ annotations, labels: { [excludeLabel]: 'true' } });
    const made = launchPatch(node, template({ labels: { [excludeLabel]: 'true' } }), {
      undoMark: true,
      admitPods: true,
    });
    expect(made?.patch.metadata).not.toHaveProperty('labels');
  });
});

describe('the mark of a drain on a node that launches', () => {
  const launch = { origin: 'WarmPool', startedAt: now } as const;
  const before = new Date(now - 30 * minutes).toISOString();
  const marked = (mark: object) => aNode({ annotations: { [drainAnnotation]: JSON.stringify(aMark(mark)) } });

  it.each([
    ['is none', aNode(), launch, 'none'],
    ['that ended is taken back', marked({ startedAt: before, ended: 'drained' }), launch, 'undo'],
    ['whose drain is dead is taken back', marked({ startedAt: before, seenAt: before }), launch, 'undo'],
    [
      'whose drain is alive is waited for',
      marked({ startedAt: before, seenAt: new Date(now).toISOString() }),
      launch,
      'wait',
    ],
    [
      'is taken back where nobody says where it comes from',
      marked({ startedAt: before, ended: 'drained' }),
      { origin: undefined, startedAt: now },
      'undo',
    ],
    [
      'that began with the launch stays',
      marked({ startedAt: new Date(now).toISOString(), ended: 'drained' }),
      launch,
      'leave',
    ],
    [
      'of an instance straight from EC2 stays',
      marked({ startedAt: before, ended: 'drained' }),
      { origin: 'EC2', startedAt: now },
      'leave',
    ],
  ] as const)('%s', (_, node, where, expected) => {
    expect(leftMark(node, where, now)).toBe(expected);
  });
});
