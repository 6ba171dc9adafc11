import { describe, expect, it } from 'vitest';
import { at, cordon, drainer, evict, evidence, log, node, patch, remove, report, type Told } from './a-drain.ts';

const codesOf = ({ differences }: ReturnType<typeof evidence>) =>
  differences.map(({ code, about }) => `${code} ${about}`);
const without = (name: keyof typeof log) => Object.entries(log).flatMap(([key, told]) => (key === name ? [] : [told]));
const changed = (name: keyof typeof log, change: Partial<Told>) =>
  Object.entries(log).map(([key, told]) => (key === name ? { ...told, ...change } : told));
const and = (...more: Told[]) => [...Object.values(log), ...more];

it('shows every claim of a drain that the log tells alike', () => {
  const { outcome, claims, differences, doubts, identity } = evidence(Object.values(log));
  expect({ outcome, differences, doubts }).toEqual({ outcome: 'shown', differences: [], doubts: [] });
  expect(claims.map(({ state, claim }) => `${state} ${claim.kind}`).sort()).toEqual(
    ['evicted', 'evicted', 'forced', 'marked', 'restarted', 'tried', 'tried', 'tried', 'tried', 'turn'].map(
      (kind) => `shown ${kind}`,
    ),
  );
  expect(identity).toMatchObject({ users: [drainer], how: 'found', drain: 'i-0abc-token' });
});

describe('each break of the log is that difference and no other', () => {
  it.each<[string, Iterable<Told>, string[]]>([
    ['the cordon is missing, though a renewal of the mark is there', without('cordon'), [`claimed-not-logged ${node}`]],
    ['an accepted eviction is missing', without('evicted'), ['claimed-not-logged shop/web-1']],
    ['a refusal is missing', without('refused'), ['claimed-not-logged shop/web-2']],
    ['a later refusal is missing', without('refusedAgain'), ['claimed-not-logged shop/web-2']],
    ['a try of a pod that was gone is missing', without('gone'), ['claimed-not-logged shop/web-3']],
    ['a forced delete is missing', without('forced'), ['claimed-not-logged shop/held-1']],
    ['the turn of a forced delete is missing', without('turn'), ['claimed-not-logged shop/held-1']],
    ['a restart is missing', without('restarted'), ['claimed-not-logged shop/web']],
    ['an accepted eviction was refused', changed('evicted', { code: 429 }), ['other-code shop/web-1']],
    ['a refused eviction was accepted', changed('refused', { code: 201 }), ['other-code shop/web-2']],
    ['a forced delete was forbidden', changed('forced', { code: 403 }), ['other-code shop/held-1']],
    ['the cordon was refused', changed('cordon', { code: 422 }), [`other-code ${node}`]],
    ['an eviction came 20 s later', changed('evicted', { seconds: 30 }), ['other-time shop/web-1']],
    ['a forced delete came 30 s earlier', changed('forced', { seconds: 170 }), ['other-time shop/held-1']],
    [
      'another pod of that name was evicted',
      changed('evicted', evict(10, 'web-1', 201, { request: uid('uid-other') })),
      ['claimed-not-logged shop/web-1'],
    ],
    [
      'somebody else evicted it',
      changed('evicted', { user: 'jane', agent: 'kubectl/v1.36' }),
      ['other-actor shop/web-1'],
    ],
    ['it was deleted, and not evicted', [...without('evicted'), remove(10, 'web-1')], ['other-verb shop/web-1']],
    ['the node was told another end', changed('ended', patch(220, {}, { ended: 'drained' })), [`other-end ${node}`]],
    [
      'pods went before the cordon',
      changed('cordon', cordon(2)).map((told) => (told.name === 'web-1' ? { ...told, seconds: 1.5 } : told)),
      ['other-time shop/web-1'],
    ],
    ['one eviction more', and(evict(50, 'web-2', 429)), ['logged-not-claimed shop/web-2']],
    ['one delete more', and(remove(50, 'web-2')), ['logged-not-claimed shop/web-2']],
    ['a pod that the report does not know', and(remove(50, 'other')), ['logged-not-claimed shop/other']],
    [
      'the node is uncordoned',
      and({ ...cordon(50), request: { spec: { unschedulable: null } } }),
      [`logged-not-claimed ${node}`],
    ],
    [
      'the node gets a taint',
      and({ ...cordon(50), request: { spec: { taints: [{ key: 'x' }] } } }),
      [`logged-not-claimed ${node}`],
    ],
    ['the node is cordoned once more', and(cordon(50)), [`logged-not-claimed ${node}`]],
    ['a change of the node is forbidden', and({ ...patch(50), code: 403 }), [`logged-not-claimed ${node}`]],
    [
      'the node is deleted',
      and({ ...cordon(230), verb: 'delete', request: undefined }),
      [`logged-not-claimed ${node}`],
    ],
    [
      'by the same user with kubectl',
      and(remove(50, 'web-2', { agent: 'kubectl/v1.36' })),
      ['logged-not-claimed shop/web-2'],
    ],
    ['the mark is renewed after the end of the drain', and(patch(300)), [`logged-not-claimed ${node}`]],
    ['the last refusal came 20 s earlier', changed('refusedAgain', { seconds: 20 }), ['other-time shop/web-2']],
    ['after the end of the drain', and(evict(300, 'web-2', 404)), ['logged-not-claimed shop/web-2']],
  ])('%s', (_name, told, expected) => {
    const found = evidence(told);
    expect(codesOf(found)).toEqual(expected);
    expect(found.outcome).toBe('differs');
  });
});

describe('what belongs to a drain, or to another one, is no difference', () => {
  it.each<[string, Told[]]>([
    ['a patch that lost a race and was tried again', [{ ...patch(0.9), code: 409 }]],
    ['a dry run', [evict(50, 'web-2', 201, { uri: '/api/v1/x?dryRun=All' })]],
    ['a cordon ahead of the drain', [patch(-60, {}, { queued: true })]],
    [
      'pods of another node',
      [remove(50, 'x', { response: { kind: 'Pod', metadata: { uid: 'uid-x' }, spec: { nodeName: 'other' } } })],
    ],
    ['others on the node', [remove(50, 'web-2', { user: 'jane' })]],
    [
      'an earlier drain of the node',
      [patch(-90, {}, { drain: 'i-0abc-other', execution: 'run-0' }), evict(-80, 'web-1', 429)],
    ],
  ])('%s', (_name, more) => {
    expect(codesOf(evidence(and(...more)))).toEqual([]);
  });
});

it('says that pods went before the cordon, by the log alone, where both are in time', () => {
  const early = report({
    timeline: report().timeline.map((entry) => (entry.pod === 'shop/web-1' ? { ...entry, at: at(0.6) } : entry)),
    pods: report().pods.map((pod) => (pod.name === 'web-1' ? { ...pod, evictedAt: at(0.6) } : pod)),
  });
  const told = changed('evicted', { seconds: 0.5 });
  expect(codesOf(evidence(told, { report: early }))).toEqual(['out-of-order shop/web-1']);
});

it('says that a pod was deleted before it was refused', () => {
  const told = changed('held', { seconds: 203 });
  const late = report({
    pods: report().pods.map((pod) =>
      pod.name === 'held-1'
        ? { ...pod, causes: pod.causes.map((cause) => ({ ...cause, firstAt: at(203.1), lastAt: at(203.1) })) }
        : pod,
    ),
  });
  expect(codesOf(evidence(told, { report: late }))).toEqual(['out-of-order shop/held-1']);
});

it('takes a try that nobody answered for what it is: it may be in the log, or not', () => {
  const lost = report({
    pods: report().pods.map((pod) =>
      pod.name === 'web-3'
        ? { ...pod, causes: [{ code: 'trouble', text: 'no answer', firstAt: at(71), lastAt: at(71), times: 1 }] }
        : pod,
    ),
  });
  expect(evidence(Object.values(log), { report: lost }).outcome).toBe('shown');
  expect(evidence(without('gone'), { report: lost }).outcome).toBe('shown');
});

it('looks for deletes where somebody chose that no budget is asked', () => {
  const manual = report({
    action: { kind: 'manual', instanceId: 'i-0abc', options: { disableEviction: true } },
    timeline: report().timeline.filter(({ what }) => what === 'marked'),
    pods: report().pods.filter(({ name }) => name === 'web-1'),
  });
  const told = [cordon(1), remove(10, 'web-1')];
  expect(codesOf(evidence(told, { report: manual }))).toEqual([]);
  expect(codesOf(evidence([cordon(1), evict(10, 'web-1', 201)], { report: manual }))).toEqual([
    'other-verb shop/web-1',
  ]);
});

function uid(value: string) {
  return { deleteOptions: { preconditions: { uid: value } } };
}
