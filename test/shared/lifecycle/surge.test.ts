import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DeploymentView, restartedAtAnnotation } from '../../../shared/lifecycle/deployment.ts';
import { limitsOf, noSurgeTexts, type SurgeFacts, type SurgeTurn, surgeTurn } from '../../../shared/lifecycle/surge.ts';
import { aSelector, now, seconds } from './builders.ts';

const restartedAt = '2026-03-01T07:58:00.000Z';
const drainAt = Date.parse(restartedAt);

/** One pod, its rollout over, never restarted. */
function aDeployment(view: Partial<DeploymentView> = {}): DeploymentView {
  return {
    ...{ namespace: 'shop', name: 'web', uid: 'uid-web', resourceVersion: '7', generation: 3, leaving: false },
    ...{ paused: false, selector: aSelector({ app: 'web' }), replicas: 1, strategy: 'RollingUpdate' },
    ...{ maxSurge: '25%', maxUnavailable: '25%', restartedAt: undefined, observedGeneration: 3 },
    ...{ currentReplicas: 1, updatedReplicas: 1, progressedAt: now - 3_600 * seconds },
    ...view,
  };
}
const someFacts = (facts: Partial<SurgeFacts> = {}): SurgeFacts => ({
  ...{ ready: { here: 1, elsewhere: 0 }, accessModes: [], restartedAt, sentAt: undefined },
  ...facts,
});
const turn = (view: Partial<DeploymentView> = {}, facts: Partial<SurgeFacts> = {}, at = now) =>
  surgeTurn(aDeployment(view), someFacts(facts), at);
const inWords = (found: SurgeTurn) => (found.do === 'evict' ? found.code : found.do);

const ours = { restartedAt };
/** A new pod beside the old one. */
const rolling = { currentReplicas: 2, updatedReplicas: 1, progressedAt: now };

describe('a Deployment whose ready pods are all on the node', () => {
  it.each<[string, Partial<DeploymentView>, Partial<SurgeFacts>, string]>([
    ['is restarted', {}, {}, 'restart'],
    [
      'is restarted with all of its replicas',
      { replicas: 3, currentReplicas: 3, updatedReplicas: 3 },
      { ready: { here: 3, elsewhere: 0 } },
      'restart',
    ],
    ['is restarted although another drain did so before', { restartedAt: '2026-02-01T00:00:00Z' }, {}, 'restart'],
    [
      'is restarted with a claim that many nodes can have',
      {},
      { accessModes: ['ReadWriteMany', 'ReadOnlyMany'] },
      'restart',
    ],
    ['is restarted with absolute limits', { maxSurge: 1, maxUnavailable: 0 }, {}, 'restart'],
    ['is not when pods are ready elsewhere', {}, { ready: { here: 1, elsewhere: 1 } }, 'not-singleton'],
    ['is not when none is ready', {}, { ready: { here: 0, elsewhere: 0 } }, 'not-singleton'],
    ['is not when it goes', { leaving: true }, {}, 'leaving'],
    ['is not while it is paused', { paused: true }, {}, 'paused'],
    ['is not when it removes first', { strategy: 'Recreate' }, {}, 'recreate'],
    ['is not without a surge', { maxSurge: 0, maxUnavailable: 1 }, {}, 'takes-down-first'],
    ['is not when it may be without a pod', { maxSurge: 1, maxUnavailable: 1 }, {}, 'takes-down-first'],
    [
      'is not when both limits are none, since then one may be',
      { maxSurge: 0, maxUnavailable: 0 },
      {},
      'takes-down-first',
    ],
    [
      'is not with four replicas by default',
      { replicas: 4, currentReplicas: 4, updatedReplicas: 4 },
      {},
      'takes-down-first',
    ],
    ['is not with a claim of one node', {}, { accessModes: ['ReadOnlyMany', 'ReadWriteOnce'] }, 'volume-of-one-node'],
    ['is not with a claim of one pod', {}, { accessModes: ['ReadWriteOncePod'] }, 'volume-of-one-node'],
    ['is not with a claim that nobody could read', {}, { accessModes: undefined }, 'volume-of-one-node'],
  ])('%s', (_case, view, facts, expected) => {
    expect(inWords(turn(view, facts))).toBe(expected);
  });
});

describe('a restart of ours', () => {
  it.each<[string, Partial<DeploymentView>, string]>([
    ['is waited for until its controller has seen it', { generation: 4, progressedAt: now }, 'wait'],
    ['is waited for while the old pod is there', rolling, 'wait'],
    ['is waited for while the new pod is missing', { updatedReplicas: 0, progressedAt: now }, 'wait'],
    ['is waited for while neither is there', { currentReplicas: 0, updatedReplicas: 0, progressedAt: now }, 'wait'],
    ['is waited for when it was seen sooner than was asked', { ...rolling, observedGeneration: 9 }, 'wait'],
    ['is over when all pods are those of the template', {}, 'surged'],
    ['is over with more replicas than are wanted', { currentReplicas: 2, updatedReplicas: 2 }, 'surged'],
    ['is not waited for when somebody pauses it', { ...rolling, paused: true }, 'paused'],
  ])('%s', (_case, view, expected) => {
    expect(inWords(turn({ ...ours, ...view }))).toBe(expected);
  });

  it('is waited for when the new pod is ready elsewhere already, and the old one is not', () => {
    for (const ready of [
      { here: 1, elsewhere: 1 },
      { here: 0, elsewhere: 1 },
    ])
      expect(inWords(turn({ ...ours, ...rolling }, { ready }))).toBe('wait');
  });

  it('is not repeated, whoever restarts it meanwhile', () => {
    expect(inWords(turn({ ...rolling, restartedAt: 'by another' }))).toBe('wait');
    expect(inWords(turn({ ...rolling, restartedAt: 'by another' }, { ready: { here: 1, elsewhere: 1 } }))).toBe(
      'not-singleton',
    );
  });

  it.each<[string, Partial<DeploymentView>, number | undefined, number]>([
    ['since it got on last', rolling, undefined, now],
    [
      'since the drain began, when its controller says nothing',
      { ...rolling, progressedAt: undefined },
      undefined,
      drainAt,
    ],
    [
      'since it was sent, when its controller says nothing',
      { ...rolling, progressedAt: undefined },
      now - 5 * seconds,
      now - 5 * seconds,
    ],
    [
      'since it was sent, when it got on before that alone',
      { ...rolling, progressedAt: drainAt - 1 },
      drainAt + 1,
      drainAt + 1,
    ],
  ])('is given two minutes %s', (_case, view, sentAt, since) => {
    const until = since + 120 * seconds;
    expect(turn({ ...ours, ...view }, { sentAt }, until - 1)).toEqual({ do: 'wait', until });
    expect(turn({ ...ours, ...view }, { sentAt }, until)).toEqual({ do: 'evict', code: 'stalled' });
  });
});

describe('limits', () => {
  it.each<[number | string, number | string, number, number, number]>([
    ['25%', '25%', 1, 1, 0],
    ['25%', '25%', 3, 1, 0],
    ['25%', '25%', 4, 1, 1],
    ['25%', '25%', 10, 3, 2],
    ['0%', '0%', 5, 0, 1],
    ['0%', '10%', 9, 0, 1],
    ['100%', '50%', 3, 3, 1],
    [2, 0, 1, 2, 0],
    [0, 2, 4, 0, 2],
    ['7%', 0, 100, 7, 0],
  ])(
    'maxSurge %s and maxUnavailable %s of %i are %i and %i',
    (maxSurge, maxUnavailable, replicas, surge, unavailable) => {
      expect(limitsOf({ maxSurge, maxUnavailable, replicas })).toEqual({
        maxSurge: surge,
        maxUnavailable: unavailable,
      });
    },
  );
});

it('no pod is taken down first: a restart is answered only where a rolling update adds before it removes', () => {
  const limit = fc.oneof(
    fc.nat(3),
    fc.nat(100).map((percent) => `${percent}%`),
  );
  const view = fc.record({ replicas: fc.integer({ min: 1, max: 12 }), maxSurge: limit, maxUnavailable: limit });
  fc.assert(
    fc.property(view, ({ replicas, ...limits }) => {
      const settled = { replicas, currentReplicas: replicas, updatedReplicas: replicas };
      const found = turn({ ...limits, ...settled }, { ready: { here: replicas, elsewhere: 0 } });
      const { maxSurge, maxUnavailable } = limitsOf({ replicas, ...limits });
      expect(found.do === 'restart').toBe(maxSurge >= 1 && maxUnavailable === 0);
    }),
  );
});

it('each reason against a surge is a sentence', () => {
  const texts = Object.values(noSurgeTexts);
  expect(new Set(texts).size).toBe(8);
  for (const text of texts) expect(text).toMatch(/^its? \S.{6,}[^.]$/);
});

it('a restart is noted as kubectl notes one', () => {
  expect(restartedAtAnnotation).toBe('kubectl.kubernetes.io/restartedAt');
});
