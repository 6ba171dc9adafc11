import { describe, expect, it } from 'vitest';
import type { NodeTerm } from '../../../shared/lifecycle/daemon-set.ts';
import { placePods } from '../../../shared/plan/place-pods.ts';
import type { PlanNode, PlanPod, SpreadView } from '../../../shared/plan/snapshot.ts';
import { aSelector } from '../lifecycle/builders.ts';
import { aPlanNode, aPlanPod } from './builders.ts';

const hostname = 'kubernetes.io/hostname';
const zone = 'topology.kubernetes.io/zone';

/** Where the pods of `old` go. */
function place(nodes: PlanNode[], moving: PlanPod[], staying: PlanPod[] = [], volumes: NodeTerm[][] | undefined = []) {
  const all = [aPlanNode('old'), ...nodes];
  const moves = moving.map((pod) => ({ pod, volumes }));
  const placed = placePods({ nodes: all, targets: new Set(['old']), staying, moves });
  return moving.map(({ uid }) => {
    const placement = placed.get(uid);
    return placement?.kind === 'fits' ? placement.nodeName : placement?.text;
  });
}
const going = (view: Partial<PlanPod> = {}) => aPlanPod('web-1', 'old', view);
const why = (...reasons: string[]) =>
  `0/2 nodes are available: ${[...reasons, '1 node(s) were unschedulable'].sort().join(', ')}`;
const term = (key: string, operator: string, ...values: string[]): NodeTerm => ({
  labels: [{ key, operator, values }],
  names: [],
});

describe('a replacement', () => {
  it('goes to the node that it fills most', () => {
    const nodes = [aPlanNode('empty'), aPlanNode('half'), aPlanNode('full')];
    const staying = [
      ...[1, 2].map((each) => aPlanPod(`a${each}`, 'half')),
      ...[1, 2, 3, 4].map((each) => aPlanPod(`b${each}`, 'full')),
    ];
    expect(place(nodes, [going()], staying)).toEqual(['half']);
  });

  it('takes the room of the next one', () => {
    const pods = [1, 2, 3].map((each) => aPlanPod(`web-${each}`, 'old', { requests: { cpu: 2000, pods: 1 } }));
    expect(place([aPlanNode('new')], pods)).toEqual(['new', 'new', why('1 Insufficient cpu')]);
  });

  it('that is large goes before a small one', () => {
    const small = aPlanPod('small', 'old', { requests: { cpu: 1000, pods: 1 } });
    const large = aPlanPod('large', 'old', { requests: { cpu: 4000, pods: 1 } });
    expect(place([aPlanNode('new')], [small, large])).toEqual([why('1 Insufficient cpu'), 'new']);
  });

  it.each<[string, Partial<PlanNode>, Partial<PlanPod>, NodeTerm[][] | undefined, string]>([
    ['is cordoned', { unschedulable: true }, {}, [], '0/2 nodes are available: 2 node(s) were unschedulable'],
    ['is not ready', { ready: 'Unknown' }, {}, [], why('1 node(s) were not ready')],
    [
      'has a taint',
      { taints: [{ key: 'gpu', value: 'a', effect: 'NoSchedule' }] },
      { tolerations: [{ key: 'gpu', value: 'b' }] },
      [],
      why('1 node(s) had untolerated taint {gpu: a}'),
    ],
    ['has no memory left', {}, { requests: { memory: 2 ** 40, pods: 1 } }, [], why('1 Insufficient memory')],
    [
      'lacks two things',
      {},
      { requests: { cpu: 9000, 'nvidia.com/gpu': 1 } },
      [],
      why('1 Insufficient cpu', '1 Insufficient nvidia.com/gpu'),
    ],
    ['may run no more pods', { allocatable: { cpu: 4000, memory: 2 ** 34, pods: 0 } }, {}, [], why('1 Too many pods')],
    [
      'has other labels',
      {},
      { nodeSelector: { disk: 'ssd' } },
      [],
      why("1 node(s) didn't match Pod's node affinity/selector"),
    ],
    [
      'is in another zone than its volume',
      {},
      {},
      [[term(zone, 'In', 'b')]],
      why('1 node(s) had volume node affinity conflict'),
    ],
  ])('stays Pending when the only node %s', (_, node, pod, volumes, text) => {
    expect(place([aPlanNode('new', node)], [going(pod)], [], volumes)).toEqual([text]);
  });

  it.each<[string, Partial<PlanNode>, Partial<PlanPod>, NodeTerm[][]]>([
    ['is cordoned, which it tolerates', { unschedulable: true }, { tolerations: [{ operator: 'Exists' }] }, []],
    [
      'has a taint that it tolerates',
      { taints: [{ key: 'gpu', value: 'a', effect: 'NoExecute' }] },
      { tolerations: [{ key: 'gpu', value: 'a' }] },
      [],
    ],
    ['would rather have no pods', { taints: [{ key: 'slow', effect: 'PreferNoSchedule' }] }, {}, []],
    [
      'has the label',
      { labels: { disk: 'ssd' } },
      { nodeSelector: { disk: 'ssd' }, nodeTerms: [term('disk', 'NotIn', 'hdd')] },
      [],
    ],
    ['holds one of the terms', {}, { nodeTerms: [term('disk', 'Exists'), term('disk', 'DoesNotExist')] }, []],
    ['has more than asked for', { labels: { cores: '8' } }, { nodeTerms: [term('cores', 'Gt', '7')] }, []],
    ['has less than asked for', { labels: { cores: '8' } }, { nodeTerms: [term('cores', 'Lt', '9')] }, []],
    [
      'is named',
      {},
      { nodeTerms: [{ labels: [], names: [{ key: 'metadata.name', operator: 'In', values: ['new'] }] }] },
      [],
    ],
    ['is in the zone of its volume', {}, {}, [[term(zone, 'In', 'b'), term(zone, 'In', 'a')]]],
    [
      'lacks what it asks nothing of',
      { allocatable: { cpu: 4000, pods: 9 } },
      { requests: { memory: 0, pods: 1 } },
      [],
    ],
  ])('goes to a node that %s', (_, node, pod, volumes) => {
    expect(place([aPlanNode('new', node)], [going(pod)], [], volumes)).toEqual(['new']);
  });

  const portTaken = why("1 node(s) didn't have free ports for the requested pod ports");
  it.each([
    ['the same', { ip: '' }, '', portTaken],
    ['the same on one address', { ip: '10.0.0.1' }, '', portTaken],
    ['the same on the same address', { ip: '10.0.0.1' }, '10.0.0.1', portTaken],
    ['the same on another address', { ip: '10.0.0.1' }, '10.0.0.2', 'new'],
    ['one of another protocol', { ip: '', protocol: 'UDP' }, '', 'new'],
  ])('asks for a host port while another pod has %s', (_, port, ip, where) => {
    const web = { port: 80, protocol: 'TCP', ip };
    const other = aPlanPod('other', 'new', { hostPorts: [{ ...web, ...port }] });
    expect(place([aPlanNode('new')], [going({ hostPorts: [web] })], [other])).toEqual([where]);
  });

  it.each([
    [{ notSimulated: ['it is placed by volcano'] }, [], 'it is placed by volcano'],
    [{}, undefined, 'where its volumes can be attached is not known'],
  ])('is not simulated with %j', (pod, volumes, text) => {
    const moves = [{ pod: going(pod), volumes }];
    const placed = placePods({ nodes: [aPlanNode('new')], targets: new Set(), staying: [], moves });
    expect([...placed.values()]).toEqual([{ kind: 'not-simulated', text }]);
  });
});

describe('among other pods, a replacement', () => {
  const web = { topologyKey: hostname, namespaces: ['default'], selector: aSelector({ app: 'web' }) };
  const alone = { podAntiAffinity: [web] };

  it('keeps away from its like, also from those placed before it', () => {
    const pods = [1, 2, 3].map((each) => aPlanPod(`web-${each}`, 'old', alone));
    const staying = [aPlanPod('web-0', 'first')];
    expect(
      place(
        ['first', 'second', 'third'].map((name) => aPlanNode(name)),
        pods,
        staying,
      ),
    ).toEqual([
      'second',
      'third',
      "0/4 nodes are available: 3 node(s) didn't match pod anti-affinity rules, 1 node(s) were unschedulable",
    ]);
  });

  it('is kept away by pods that want to be without it', () => {
    const staying = [aPlanPod('db', 'new', { labels: { app: 'db' }, podAntiAffinity: [web] })];
    expect(place([aPlanNode('new')], [going()], staying)).toEqual([
      why("1 node(s) didn't satisfy existing pods anti-affinity rules"),
    ]);
  });

  it('goes beside those that it wants, or anywhere as the first of them', () => {
    const nodes = [aPlanNode('a1'), aPlanNode('b1', { zone: 'b' })];
    const besideDb = { podAffinity: [{ ...web, topologyKey: zone, selector: aSelector({ app: 'db' }) }] };
    const db = aPlanPod('db', 'b1', { labels: { app: 'db' } });
    expect(place(nodes, [going(besideDb)], [db])).toEqual(['b1']);
    expect(place(nodes, [going(besideDb)])[0]).toMatch("2 node(s) didn't match pod affinity rules");
    expect(place(nodes, [going({ podAffinity: [{ ...web, topologyKey: zone }] })])).toEqual(['a1']);
  });

  const evenly: SpreadView = {
    topologyKey: hostname,
    maxSkew: 1,
    minDomains: 1,
    selector: aSelector({ app: 'web' }),
    honorsAffinity: true,
    honorsTaints: false,
  };
  const staying = [aPlanPod('web-8', 'new'), aPlanPod('web-9', 'more')];
  it.each<[string, Partial<SpreadView>, string | RegExp]>([
    ['a cordoned node without any counts, too', {}, /2 node\(s\) didn't match pod topology spread constraints/],
    ['it does not where taints are honoured', { honorsTaints: true }, 'new'],
    ['a larger skew is allowed', { maxSkew: 2 }, 'new'],
    [
      'there are fewer places than asked for',
      { honorsTaints: true, minDomains: 3 },
      /2 node\(s\) didn't match pod topology/,
    ],
    ['no node has the label', { topologyKey: 'rack' }, /\(missing required label\)/],
  ])('is spread evenly: %s', (_, spread, where) => {
    const [placed] = place(
      [aPlanNode('new'), aPlanNode('more')],
      [going({ spreads: [{ ...evenly, ...spread }] })],
      staying,
    );
    expect(placed).toMatch(where);
  });

  it.each([
    [true, 'new'],
    [false, /2 node\(s\) didn't match pod topology spread constraints, 1/],
  ])('counts a place that it does not select unless told so: honoured %s', (honorsAffinity, where) => {
    const pod = going({ nodeSelector: { disk: 'ssd' }, spreads: [{ ...evenly, honorsAffinity }] });
    const ssd = { labels: { disk: 'ssd' } };
    const [placed] = place([aPlanNode('new', ssd), aPlanNode('more', ssd)], [pod], staying);
    expect(placed).toMatch(where);
  });
});
