import { describe, expect, it } from 'vitest';
import { planText } from '../../../cli/drain/plan-text.ts';
import { aBudget, daemonSet } from '../../shared/lifecycle/builders.ts';
import { aPlanNode, aPlanPod, planOf } from '../../shared/plan/builders.ts';

const nodes = [
  aPlanNode('old'),
  aPlanNode('good'),
  aPlanNode('new', { allocatable: { cpu: 2000, memory: 2 ** 34, pods: 9 } }),
];
const pods = [
  aPlanPod('web-1', 'old'),
  aPlanPod('web-2', 'good'),
  aPlanPod('large', 'good', { requests: { cpu: 3000, pods: 1 }, labels: {} }),
  aPlanPod('bare', 'old', { controller: undefined, labels: {} }),
  aPlanPod('agent-1', 'old', { controller: daemonSet }),
];
const daemonSets = [{ namespace: 'default', name: daemonSet.name, uid: daemonSet.uid }];
const budgets = [aBudget()];
const blocked = planOf({ nodes, pods, daemonSets, budgets }, ['good', 'old']);
const plain = { color: false, width: 120 };

describe('a plan on a terminal', () => {
  it('shows blocked nodes first, then budgets, outages, replacements, duration and the next step', () => {
    const withoutNode = [{ instanceId: 'i-lost', lifecycleState: 'Pending' }];
    const text = planText({ ...blocked, cluster: 'demo', withoutNode }, plain);
    const found = [
      'nodes good, old of cluster demo: blocked',
      '! old  a  i-old  1 blocked, 1 to evict, 1 stay',
      'default/bare   block  unmanaged-pod: no controller will replace it',
      '1 pod stays: default/agent-1',
      '= good',
      'Disruption budgets',
      'default/web  holds    2      3    2     allows 1 at a time',
      'Outages',
      'replicaset default/web-5d8: all 3 ready pods are on nodes to be drained',
      'Replacements (an estimate)',
      '2 fit on other nodes, 1 would stay Pending',
      'default/large: 0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable',
      'Instances without a Node',
      'i-lost  Pending',
      'Takes ',
      'Next',
      '--force',
    ].map((part) => [part, text.indexOf(part)] as const);
    expect(found.filter(([, at]) => at < 0)).toEqual([]);
    expect(found.map(([part]) => part)).toEqual(found.toSorted(([, a], [, b]) => a - b).map(([part]) => part));
  });

  it('leaves out what there is nothing of', () => {
    const text = planText(planOf({ nodes, pods: [] }, ['old']), plain);
    expect(text).toMatch('old  a  i-old  0 to evict  0 s');
    expect(text).not.toMatch(/Disruption budgets|Outages|Replacements|Not known|without a Node|Next|undefined|POD/);
  });

  it('says what is not known, and by which right', () => {
    const unread = [{ part: 'budgets', right: 'list poddisruptionbudgets', message: 'no' }] as const;
    const text = planText(planOf({ nodes, pods, daemonSets, budgets: undefined, unread }, ['good']), plain);
    expect(text).toMatch('nodes good: cannot tell');
    expect(text).toMatch('which disruption budgets would hold pods: no right to list poddisruptionbudgets');
  });

  it.each([60, 80, 120, 300])('has no line over %i characters but those to be copied', (width) => {
    const lines = planText(blocked, { color: false, width }).split('\n');
    const next = lines.indexOf('Next');
    const headings = lines.filter((line) => /^[!=?] |: blocked$/.test(line));
    expect(lines.slice(0, next).filter((line) => line.length > width && !headings.includes(line))).toEqual([]);
  });

  it('has columns that are aligned', () => {
    const lines = planText(blocked, plain).split('\n');
    const head = lines.find((line) => line.includes('WILL')) ?? '';
    const row = lines.find((line) => line.includes('default/bare ')) ?? '';
    expect(row.indexOf('block')).toBe(head.indexOf('WILL'));
    expect(row.indexOf('unmanaged-pod')).toBe(head.indexOf('WHY'));
  });

  it('is the same with colours and without', () => {
    const coloured = planText(blocked, { color: true, width: 120 });
    const control = String.fromCharCode(27);
    expect(planText(blocked, plain)).not.toContain(control);
    expect(coloured).toContain(`${control}[31mblock`);
    const bare = coloured.replaceAll(new RegExp(`${control}\\[\\d+m`, 'g'), '');
    expect(bare.split('\n').map((line) => line.trimEnd())).toEqual(
      planText(blocked, plain)
        .split('\n')
        .map((line) => line.trimEnd()),
    );
  });
});
