import { describe, expect, it } from 'vitest';
import { classifyPod } from '../../../shared/lifecycle/classify-pod.ts';
import type { BudgetView } from '../../../shared/lifecycle/node.ts';
import type { OwnerView } from '../../../shared/lifecycle/pod.ts';
import type { PlanPod, UnreadPart } from '../../../shared/plan/snapshot.ts';
import { aBudget, aManualPolicy, aSelector, daemonSet, now, someFacts } from '../lifecycle/builders.ts';
import { aPlanNode, aPlanPod, planOf, podOf } from './builders.ts';

const nodes = [aPlanNode('old'), aPlanNode('new')];
const web = (name: string, nodeName = 'old') => aPlanPod(name, nodeName);
const statefulSet: OwnerView = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', uid: 'uid-db' };
const agents = [{ namespace: 'default', name: daemonSet.name, uid: daemonSet.uid }];
const agent = aPlanPod('agent-1', 'old', { controller: daemonSet, owners: [daemonSet] });
const denied = (part: UnreadPart['part']): UnreadPart => ({ part, right: `list ${part}`, message: 'forbidden' });

describe('a plan', () => {
  it('of a node that can be drained says where its pods go, and changes nothing that it was given', () => {
    const view = Object.freeze({ nodes, pods: [web('web-1'), web('web-2', 'new'), agent], daemonSets: agents });
    const plan = planOf(view);
    expect(plan).toMatchObject({
      version: 1,
      verdict: 'drainable',
      exitCode: 0,
      next: [],
      at: '2026-03-01T08:00:00.000Z',
    });
    expect(plan.nodes).toMatchObject([
      { name: 'old', instanceId: 'i-old', zone: 'a', verdict: 'drainable', summary: '1 to evict, 1 stay' },
    ]);
    expect(podOf(plan, 'web-1')).toMatchObject({
      verdict: 'evict',
      code: 'evictable',
      replacement: { kind: 'fits', nodeName: 'new' },
    });
    expect(podOf(plan, 'agent-1')).toEqual({
      namespace: 'default',
      name: 'agent-1',
      verdict: 'stay',
      code: 'daemonset-pod',
      reason: expect.any(String),
    });
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  it.each([
    ['unmanaged-pod', aPlanPod('bare', 'old', { controller: undefined, owners: [] }), { force: true }, '--force'],
    [
      'local-data',
      aPlanPod('cache', 'old', { localDataVolumes: ['tmp'] }),
      { deleteEmptyDirData: true },
      '--delete-emptydir-data',
    ],
    ['orphaned-daemonset-pod', { ...agent, uid: 'orphan' }, { force: true }, '--force'],
  ])('is blocked by %s unless that is asked for', (code, pod, option, words) => {
    const view = { nodes, pods: [pod, web('web-1')], daemonSets: [] };
    const blocked = planOf(view);
    expect(blocked).toMatchObject({ verdict: 'blocked', exitCode: 1 });
    expect(blocked.nodes[0]?.pods[0]).toMatchObject({ verdict: 'block', code });
    expect(blocked.next.join()).toMatch(words);
    expect(blocked.summary).toMatch(`1 pod would block (${code})`);
    expect(planOf(view, ['old'], option)).toMatchObject({ verdict: 'drainable', exitCode: 0 });
  });

  it('gives the same verdicts as the drain', () => {
    const pods = [
      web('web-1'),
      aPlanPod('db-0', 'old', { controller: statefulSet, claims: ['data'] }),
      aPlanPod('guarded', 'old', { annotations: { 'karpenter.sh/do-not-disrupt': 'true' } }),
      aPlanPod('going', 'old', { deletionAt: now + 5000 }),
    ];
    const claims = [{ namespace: 'default', name: 'data', volumeName: 'pv-1' }];
    const volumes = [{ name: 'pv-1', hostnames: ['old'], nodeTerms: undefined }];
    const plan = planOf({ nodes, pods, claims, volumes });
    for (const pod of pods) {
      const facts = someFacts({ localVolume: pod.name === 'db-0', settledAt: undefined });
      const { kind, code, reason } = classifyPod(pod, facts, aManualPolicy(), now);
      expect(podOf(plan, pod.name)).toMatchObject({ verdict: kind, code, reason });
    }
  });

  it.each([
    ['budgets', { pods: [web('web-1')], budgets: undefined }],
    ['claims', { pods: [aPlanPod('db-0', 'old', { claims: ['data'] })], claims: undefined }],
    ['volumes', { pods: [aPlanPod('db-0', 'old', { claims: ['data'] })], volumes: undefined }],
    ['daemonSets', { pods: [agent], daemonSets: undefined }],
  ] as const)('cannot tell without %s, and names the right', (part, view) => {
    const plan = planOf({ nodes, daemonSets: agents, ...view, unread: [denied(part)] });
    expect(plan).toMatchObject({ verdict: 'cannot-tell', exitCode: 2, unknown: [{ right: `list ${part}` }] });
    expect(plan.next.join()).toMatch(`allow list ${part}`);
  });

  it('does not mind what no pod of it needs', () => {
    const unread = (['claims', 'volumes', 'daemonSets'] as const).map(denied);
    const plan = planOf({
      nodes,
      pods: [web('web-1')],
      claims: undefined,
      volumes: undefined,
      daemonSets: undefined,
      unread,
    });
    expect(plan).toMatchObject({ verdict: 'drainable', unknown: [] });
  });

  it('is blocked rather than unknown', () => {
    const pods = [aPlanPod('bare', 'old', { controller: undefined }), web('web-1')];
    expect(planOf({ nodes, pods, budgets: undefined, unread: [denied('budgets')] }).exitCode).toBe(1);
  });

  it('has no room on targets for each other', () => {
    const plan = planOf({ nodes, pods: [web('web-1', 'old'), web('web-2', 'new')] }, ['old', 'new']);
    expect(plan.placement).toMatchObject({ fits: 0, pending: 2 });
    expect(podOf(plan, 'web-1')?.replacement).toEqual({
      kind: 'pending',
      text: '0/2 nodes are available: 2 node(s) were unschedulable',
    });
  });

  it('does not keep a replacement away from the pod that it replaces', () => {
    const inZone = {
      topologyKey: 'topology.kubernetes.io/zone',
      namespaces: ['default'],
      selector: aSelector({ app: 'web' }),
    };
    const plan = planOf({ nodes, pods: [aPlanPod('web-1', 'old', { podAntiAffinity: [inZone] })] });
    expect(podOf(plan, 'web-1')?.replacement).toEqual({ kind: 'fits', nodeName: 'new' });
  });

  it('keeps a replacement in the zone of its volume', () => {
    const pods = [aPlanPod('db-0', 'old', { controller: statefulSet, claims: ['data'] })];
    const claims = [{ namespace: 'default', name: 'data', volumeName: 'pv-1' }];
    const inA = [{ labels: [{ key: 'topology.kubernetes.io/zone', operator: 'In', values: ['a'] }], names: [] }];
    const volumes = [{ name: 'pv-1', hostnames: [], nodeTerms: inA }];
    const other = [aPlanNode('old'), aPlanNode('new', { zone: 'b' })];
    expect(podOf(planOf({ nodes: other, pods, claims, volumes }), 'db-0')?.replacement).toMatchObject({
      kind: 'pending',
    });
    expect(podOf(planOf({ nodes, pods, claims, volumes }), 'db-0')?.replacement).toEqual({
      kind: 'fits',
      nodeName: 'new',
    });
  });

  it('looks for no place for a pod that nothing replaces', () => {
    const plan = planOf({ nodes, pods: [aPlanPod('bare', 'old', { controller: undefined })] }, ['old'], {
      force: true,
    });
    expect(plan.placement).toMatchObject({ fits: 0, pending: 0 });
    expect(podOf(plan, 'bare')).not.toHaveProperty('replacement');
  });
});

describe('a disruption budget in a plan', () => {
  const pods = [web('web-1'), web('web-2'), web('web-3', 'new')];
  it.each([
    ['lets all go', { disruptionsAllowed: 2 }, {}, 'lets-go', 0],
    ['holds some for a while', { disruptionsAllowed: 1 }, {}, 'holds', 0],
    ['can never allow one', { maxUnavailable: 0, disruptionsAllowed: 0 }, {}, 'never', 1],
    ['cannot count its pods', { syncFailure: 'no scale', disruptionsAllowed: 0 }, {}, 'never', 1],
    ['is passed at the deadline', { maxUnavailable: 0, disruptionsAllowed: 0 }, { onDeadline: 'force' }, 'never', 0],
    ['is not asked', { maxUnavailable: 0 }, { disableEviction: true }, 'bypassed', 0],
  ] as const)('%s', (_, view, policy, outlook, exitCode) => {
    const plan = planOf({ nodes, pods, budgets: [aBudget(view)] }, ['old'], policy);
    expect(plan.budgets).toMatchObject([{ name: 'web', pods: 2, needs: 2, has: 3, outlook }]);
    expect(plan.exitCode).toBe(exitCode);
    expect(podOf(plan, 'web-1')?.budgets).toEqual(['default/web']);
  });

  const never = { maxUnavailable: 0, disruptionsAllowed: 0 };
  it.each<[string, Partial<PlanPod>, Partial<BudgetView>[], number]>([
    ['holds a pod that is not ready', { ready: false }, [{ ...never, currentHealthy: 1 }], 1],
    ['lets it go with enough others', { ready: false }, [{ ...never, currentHealthy: 2 }], 0],
    ['holds it while none are wanted', { ready: false }, [{ ...never, desiredHealthy: 0 }], 1],
    [
      'lets it go where it says so',
      { ready: false },
      [{ ...never, currentHealthy: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' }],
      0,
    ],
    ['is not asked about a pod that has not started', { ready: false, phase: 'Pending' }, [never, { name: 'all' }], 0],
    ['does not let it go beside another one', { ready: false }, [{}, { name: 'all' }], 1],
  ])('%s', (_, pod, views, exitCode) => {
    const plan = planOf({ nodes, pods: [aPlanPod('web-1', 'old', pod)], budgets: views.map((view) => aBudget(view)) });
    expect(plan.exitCode).toBe(exitCode);
  });

  it('beside another one blocks: the server evicts no pod that two select', () => {
    const plan = planOf({ nodes, pods, budgets: [aBudget(), aBudget({ name: 'all' })] });
    expect(plan).toMatchObject({ verdict: 'blocked', nodes: [{ verdict: 'blocked' }] });
    expect(plan.budgets[0]?.text).toMatch('default/all');
    expect(plan.next.join()).toMatch('kubectl -n default describe pdb all web');
  });

  it('may hold for ever when replacements have nowhere to go', () => {
    const plan = planOf({ nodes: [aPlanNode('old')], pods, budgets: [aBudget()] });
    expect(plan.budgets[0]?.text).toMatch('2 replacements seem to have nowhere to go');
  });
});
