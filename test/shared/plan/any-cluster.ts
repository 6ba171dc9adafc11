import fc from 'fast-check';
import type { NodeTerm, TolerationView } from '../../../shared/lifecycle/daemon-set.ts';
import type { PlacementQuestion } from '../../../shared/plan/place-pods.ts';
import type { PlanNode, PlanPod } from '../../../shared/plan/snapshot.ts';
import { aSelector } from '../lifecycle/builders.ts';
import { aPlanNode, aPlanPod } from './builders.ts';

const zones = fc.constantFrom('a', 'b', 'c');
const disk = fc.constantFrom('ssd', 'hdd');
const app = fc.constantFrom('web', 'db');

const anyNode = fc.record({
  zone: zones,
  disk: fc.option(disk, { nil: undefined }),
  cpu: fc.integer({ min: 0, max: 8 }),
  pods: fc.integer({ min: 0, max: 6 }),
  gpu: fc.integer({ min: 0, max: 2 }),
  unschedulable: fc.boolean(),
  ready: fc.constantFrom('True', 'True', 'False', 'Unknown'),
  taint: fc.constantFrom(undefined, 'NoSchedule', 'NoExecute', 'PreferNoSchedule'),
});

const anyExpression = fc.record({
  key: fc.constantFrom('disk', 'topology.kubernetes.io/zone', 'missing'),
  operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
  values: fc.array(fc.oneof(zones, disk), { minLength: 1, maxLength: 2 }),
});
const anyTerms: fc.Arbitrary<NodeTerm[]> = fc.array(
  fc.record({ labels: fc.array(anyExpression, { maxLength: 2 }), names: fc.constant([]) }),
  { minLength: 1, maxLength: 2 },
);
const anyToleration: fc.Arbitrary<TolerationView> = fc.constantFrom(
  { operator: 'Exists' },
  { key: 'team', value: 'a' },
  { key: 'team', operator: 'Exists', effect: 'NoSchedule' },
);

const anyPod = fc.record({
  node: fc.nat(),
  moves: fc.boolean(),
  app,
  cpu: fc.integer({ min: 0, max: 4 }),
  gpu: fc.constantFrom(0, 0, 0, 1),
  port: fc.constantFrom(0, 0, 80),
  selector: fc.option(disk, { nil: undefined, freq: 3 }),
  terms: fc.option(anyTerms, { nil: undefined, freq: 2 }),
  tolerations: fc.array(anyToleration, { maxLength: 1 }),
  volumes: fc.array(anyTerms, { maxLength: 1 }),
  alone: fc.option(fc.constantFrom('kubernetes.io/hostname', 'topology.kubernetes.io/zone'), { nil: undefined }),
  maxSkew: fc.constantFrom(0, 0, 1, 2),
});

/** Any small cluster, of which the first node or two are drained. Of pods that move, those that moved are on a target. */
export const anyQuestion: fc.Arbitrary<PlacementQuestion> = fc
  .record({
    nodes: fc.array(anyNode, { minLength: 2, maxLength: 6 }),
    pods: fc.array(anyPod, { maxLength: 14 }),
    targets: fc.integer({ min: 1, max: 2 }),
  })
  .map(({ nodes: rows, pods, targets: count }) => {
    const nodes = rows.map(
      ({ zone, disk: kind, cpu, gpu, pods: most, unschedulable, ready, taint }, index): PlanNode =>
        aPlanNode(`n${index}`, {
          zone,
          labels: kind ? { disk: kind } : {},
          allocatable: { cpu, 'nvidia.com/gpu': gpu, pods: most },
          unschedulable,
          ready: ready as PlanNode['ready'],
          taints: taint ? [{ key: 'team', value: 'a', effect: taint }] : [],
        }),
    );
    const placed = pods.map((row, index) => ({ row, pod: podOf(row, index, count, nodes.length) }));
    return {
      nodes,
      targets: new Set(nodes.slice(0, count).map(({ name }) => name)),
      staying: placed.filter(({ row }) => !row.moves).map(({ pod }) => pod),
      moves: placed.filter(({ row }) => row.moves).map(({ row, pod }) => ({ pod, volumes: row.volumes })),
    };
  });

type Row = typeof anyPod extends fc.Arbitrary<infer Value> ? Value : never;

function podOf(row: Row, index: number, targets: number, nodes: number): PlanPod {
  const selector = aSelector({ app: row.app });
  return aPlanPod(`p${index}`, `n${row.node % (row.moves ? targets : nodes)}`, {
    labels: { app: row.app },
    requests: { cpu: row.cpu, pods: 1, ...(row.gpu > 0 ? { 'nvidia.com/gpu': row.gpu } : {}) },
    hostPorts: row.port ? [{ port: row.port, protocol: 'TCP', ip: '' }] : [],
    nodeSelector: row.selector ? { disk: row.selector } : {},
    nodeTerms: row.terms,
    tolerations: row.tolerations,
    podAntiAffinity: row.alone ? [{ topologyKey: row.alone, namespaces: ['default'], selector }] : [],
    spreads:
      row.maxSkew > 0
        ? [
            {
              topologyKey: 'topology.kubernetes.io/zone',
              maxSkew: row.maxSkew,
              minDomains: 1,
              selector,
              honorsAffinity: false,
              honorsTaints: false,
            },
          ]
        : [],
  });
}
