import { describe, expect, it } from 'vitest';
import { drainAnnotation } from '../../../shared/lifecycle/mark.ts';
import { nodeRows } from '../../../shared/plan/node-rows.ts';
import type { PlanNode, PlanPod } from '../../../shared/plan/snapshot.ts';
import { aBudget, aMark, now } from '../lifecycle/builders.ts';
import { aPlanNode, aPlanPod, aSnapshot } from './builders.ts';

function rowOf(view: Partial<PlanNode> = {}, pods: PlanPod[] = [], budgets = [aBudget()]) {
  const [row] = nodeRows(aSnapshot({ nodes: [aPlanNode('old', view)], pods, budgets }), now);
  return row;
}

describe('a list of nodes', () => {
  it('is by name, with the group that Auto Scaling or a label tells', () => {
    const nodes = [
      aPlanNode('b', { labels: { 'alpha.eksctl.io/nodegroup-name': 'ng' } }),
      aPlanNode('a'),
      aPlanNode('c'),
    ];
    const rows = nodeRows(aSnapshot({ nodes }), now, new Map([['i-c', 'demo']]));
    expect(rows.map(({ name, group }) => [name, group])).toEqual([
      ['a', undefined],
      ['b', 'ng'],
      ['c', 'demo'],
    ]);
    expect(rows[0]).toMatchObject({
      instanceId: 'i-a',
      zone: 'a',
      ageSeconds: 86_400,
      state: 'ready',
      cordoned: false,
      draining: false,
    });
  });

  it.each([
    ['is not ready', { ready: 'False' }, { state: 'not-ready' }],
    ['is silent', { ready: 'Unknown' }, { state: 'unknown' }],
    ['is cordoned', { unschedulable: true }, { cordoned: true, draining: false }],
    ['is being drained', { annotations: { [drainAnnotation]: JSON.stringify(aMark()) } }, { draining: true }],
    [
      'was drained',
      { annotations: { [drainAnnotation]: JSON.stringify(aMark({ ended: 'drained' })) } },
      { draining: false },
    ],
    ['is no EC2 instance', { providerId: 'kind://docker/kind/kind-worker' }, { instanceId: undefined }],
  ] as const)('says of a node that it %s', (_, view, row) => {
    expect(rowOf(view)).toMatchObject(row);
  });

  it('says what would block a drain: pods by their code, and budgets that never allow it', () => {
    const pods = [
      aPlanPod('web-1', 'old'),
      aPlanPod('bare-2', 'old', { controller: undefined }),
      aPlanPod('bare-1', 'old', { controller: undefined }),
      aPlanPod('other', 'new', { controller: undefined }),
    ];
    expect(rowOf({}, pods)).toMatchObject({
      pods: 3,
      toEvict: 1,
      blockers: [{ code: 'unmanaged-pod', pods: ['default/bare-1', 'default/bare-2'] }],
    });
    expect(rowOf({}, pods, [aBudget({ maxUnavailable: 0 })])?.blockers).toMatchObject([
      { code: 'unmanaged-pod' },
      { code: 'budget', pods: ['default/web-1'], text: expect.stringMatching('default/web can never') },
    ]);
  });
});
