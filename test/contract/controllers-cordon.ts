import { expect, it } from 'vitest';
import { mergePatch } from './bench.ts';
import type { Workloads } from './controllers-target.ts';

const taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
const theirs = { key: 'example.com/theirs', value: 'x', effect: 'PreferNoSchedule' };

/** What a cordon does, and what it does not keep away. */
export function controllersCordon(stage: { readonly cluster: Workloads }): void {
  const taintsAre = (node: string, taints: object[]) =>
    stage.cluster.eventually(async () => {
      const found = ((await stage.cluster.readNode(node)).spec.taints ?? []) as object[];
      expect(found).toHaveLength(taints.length);
      expect(found).toEqual(expect.arrayContaining(taints.map((each) => expect.objectContaining(each))));
    });

  it('a cordon brings its taint, and the taint goes with it; those of others stay', async () => {
    const { nodes, cordon, send, paths } = stage.cluster;
    const path = `${paths.nodes}/${nodes.first}`;
    await send({ method: 'PATCH', path, contentType: mergePatch, body: { spec: { taints: [theirs] } } });
    await cordon(nodes.first, true);
    await taintsAre(nodes.first, [theirs, taint]);
    await cordon(nodes.first, null);
    await taintsAre(nodes.first, [theirs]);
    await send({ method: 'PATCH', path, contentType: mergePatch, body: { spec: { taints: null } } });
  });

  it('a pod that names a cordoned node, or tolerates its taint, lands on it all the same', async () => {
    const { cluster } = stage;
    const { first, second } = cluster.nodes;
    for (const node of [first, second]) await cluster.cordon(node, true);
    await taintsAre(first, [taint]);
    await taintsAre(second, [taint]);
    const naming = cluster.template('naming', { nodeName: first });
    const tolerations = [{ key: taint.key, operator: 'Exists', effect: 'NoSchedule' }];
    const tolerating = cluster.template('tolerating', { tolerations });
    for (const { metadata, spec } of [naming, tolerating]) {
      const body = { metadata: { name: metadata.labels.app, ...metadata }, spec };
      await cluster.send({ method: 'POST', path: cluster.paths.pods(), body });
    }
    const [named] = await cluster.readyPods('naming', 1);
    const [tolerated] = await cluster.readyPods('tolerating', 1);
    expect(named?.spec.nodeName).toBe(first);
    expect([first, second]).toContain(tolerated?.spec.nodeName);
    for (const node of [first, second]) await cluster.cordon(node, null);
  });
}
