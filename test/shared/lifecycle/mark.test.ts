import { describe, expect, it } from 'vitest';
import { stopRequest } from '../../../shared/lifecycle/claim.ts';
import {
  deadlineAnnotation,
  drainAnnotation,
  excludeLabel,
  hostnameOf,
  type Mark,
  markPatch,
  readMark,
  soonerDeadline,
  stopAnnotation,
  undoPatch,
} from '../../../shared/lifecycle/mark.ts';
import { aMark, aNode, aClaim as claim, now } from './builders.ts';

const carrying = (mark: unknown) => ({ [drainAnnotation]: typeof mark === 'string' ? mark : JSON.stringify(mark) });
const excluded = { [excludeLabel]: 'true' };

describe('the mark', () => {
  it('sets label, cordon and annotation in one patch (T110)', () => {
    const { patch, mark } = markPatch(aNode({ resourceVersion: '7' }), claim);
    expect(mark).toEqual(aMark());
    expect(patch).toEqual({
      metadata: { resourceVersion: '7', labels: excluded, annotations: { [drainAnnotation]: JSON.stringify(mark) } },
      spec: { unschedulable: true },
    });
  });

  it.each([
    ['a label that was there', aNode({ labels: { [excludeLabel]: 'karpenter' } }), { label: false, cordon: true }],
    ['a cordon that was there (T26)', aNode({ unschedulable: true }), { label: true, cordon: false }],
  ])('leaves alone, and does not call its own, %s', (_case, node, ours) => {
    const { patch, mark } = markPatch(node, claim);
    expect(mark.ours).toEqual(ours);
    expect({ label: patch.metadata.labels !== undefined, cordon: patch.spec !== undefined }).toEqual(ours);
  });

  it('knows what an earlier mark had set, and since when the node is cordoned', () => {
    const before = aMark({ markedAt: '2026-03-01T07:00:00.000Z', ours: { label: true, cordon: false } });
    const node = aNode({ unschedulable: true, labels: excluded, annotations: carrying(before) });
    const { patch, mark } = markPatch(node, claim);
    expect(mark).toEqual({ ...aMark(), markedAt: before.markedAt, ours: before.ours });
    expect(patch).not.toHaveProperty('spec');
  });

  it('counts the settle time anew after someone had uncordoned the node', () => {
    const before = aMark({ markedAt: '2026-03-01T07:00:00.000Z', ours: { label: true, cordon: false } });
    const { mark } = markPatch(aNode({ labels: excluded, annotations: carrying(before) }), claim);
    expect(mark).toMatchObject({ markedAt: claim.markedAt, ours: { label: true, cordon: true } });
  });

  it.each([
    ['keeps who was forced by its own drain', 'i-1-token', ['default/db-0']],
    ['forgets who was forced by another drain', 'i-1-other', undefined],
  ])('%s', (_case, drain, forced) => {
    const node = aNode({ annotations: carrying(aMark({ drain, forced: ['default/db-0'] })) });
    expect(markPatch(node, claim).mark.forced).toEqual(forced);
  });

  it.each([
    ['leaves the label alone on a node whose pods stay, and does not call it its own', {}, false],
    ['knows of the label of an earlier mark', carrying(aMark()), true],
  ])('%s', (_case, annotations, label) => {
    const { patch, mark } = markPatch(aNode({ annotations }), claim, false);
    expect(patch.metadata).not.toHaveProperty('labels');
    expect(patch.spec).toEqual({ unschedulable: true });
    expect(mark.ours).toEqual({ label, cordon: true });
  });

  it('says that it yields as long as the drain whose it is does', () => {
    const yielding = markPatch(aNode(), { ...claim, yields: true }).mark;
    expect(readMark(carrying(yielding))).toEqual({ ...aMark(), yields: true });
    expect(markPatch(aNode({ annotations: carrying(yielding) }), claim).mark).not.toHaveProperty('yields');
  });

  it('reads back as it was written', () => {
    const { patch, mark } = markPatch(aNode(), claim);
    expect(readMark({ [drainAnnotation]: `${patch.metadata.annotations[drainAnnotation]}` })).toEqual(mark);
  });

  it.each([
    ['no annotation', {}],
    ['no JSON', carrying('someone was here')],
    ['null', carrying(null)],
    ['a number', carrying('7')],
    ['another version', carrying({ ...aMark(), version: 2 })],
    ['no drain', carrying({ ...aMark(), drain: 7 })],
    ['no execution', carrying({ ...aMark(), execution: undefined })],
    ['no start', carrying({ ...aMark(), startedAt: undefined })],
    ['no end', carrying({ ...aMark(), endsAt: undefined })],
    ['an instant that is a number', carrying({ ...aMark(), startedAt: 2026 })],
    ['an instant that is none', carrying({ ...aMark(), seenAt: 'yesterday' })],
    ['nothing of what was ours', carrying({ ...aMark(), ours: undefined })],
    ['no list of who was forced', carrying({ ...aMark(), forced: 'default/db-0' })],
    ['half of what was ours (label)', carrying({ ...aMark(), ours: { cordon: true } })],
    ['half of what was ours (cordon)', carrying({ ...aMark(), ours: { label: true } })],
  ])('is none when there is %s', (_case, annotations) => {
    expect(readMark(annotations)).toBeUndefined();
  });
});

describe('an abort takes back', () => {
  const none = { [drainAnnotation]: null, [stopAnnotation]: null, [deadlineAnnotation]: null };
  const undo = (mark: Mark, labels: Record<string, string> = excluded) =>
    undoPatch(aNode({ resourceVersion: '8', unschedulable: true, labels, annotations: carrying(mark) }));

  it('label, cordon and annotations that were ours (T118)', () => {
    expect(undo(aMark())).toEqual({
      metadata: { resourceVersion: '8', labels: { [excludeLabel]: null }, annotations: none },
      spec: { unschedulable: null },
    });
  });

  it('no label and no cordon that were there before (T118)', () => {
    expect(undo(aMark({ ours: { label: false, cordon: false } }))).toEqual({
      metadata: { resourceVersion: '8', annotations: none },
    });
  });

  it.each([
    ['to which someone gave another value', { [excludeLabel]: 'karpenter' }],
    ['that someone took away', {}],
  ])('no label %s', (_case, labels) => {
    expect(undo(aMark(), labels)?.metadata).not.toHaveProperty('labels');
  });

  it('nothing from a node without our mark', () => {
    expect(undoPatch(aNode({ unschedulable: true, labels: excluded }))).toBeUndefined();
  });
});

describe('the names that a Node carries', () => {
  it('are those which load balancers, operators and earlier versions know (T110 T118)', () => {
    const marked = {
      'eks-node-lifecycle.io/drain': JSON.stringify(aMark()),
      'eks-node-lifecycle.io/deadline': '2026-03-01T08:02:00Z',
    };
    expect(readMark(marked)).toEqual(aMark());
    expect(soonerDeadline(marked, now)).toBe(Date.parse('2026-03-01T08:02:00Z'));
    expect(stopRequest({ annotations: { 'eks-node-lifecycle.io/stop': 'wait' } })).toBe('wait');
    expect(markPatch(aNode(), claim).patch.metadata.labels).toEqual({
      'node.kubernetes.io/exclude-from-external-load-balancers': 'true',
    });
  });
});

describe('what else a Node says', () => {
  it.each([
    ['2026-03-01T08:02:00Z', Date.parse('2026-03-01T08:02:00Z')],
    ['2026-03-01T08:00:00.001Z', now + 1],
    ['2026-03-01T08:00:00Z', undefined],
    ['2026-02-01T08:02:00Z', undefined],
    ['soon', undefined],
    [undefined, undefined],
  ])('the sooner deadline %s of a drain that started at 08:00 is %s', (text, at) => {
    expect(soonerDeadline(text === undefined ? {} : { [deadlineAnnotation]: text }, now)).toBe(at);
  });

  it('its hostname is a label, or else its name', () => {
    expect(hostnameOf({ name: 'a', labels: { 'kubernetes.io/hostname': 'b' } })).toBe('b');
    expect(hostnameOf({ name: 'a', labels: {} })).toBe('a');
  });
});
