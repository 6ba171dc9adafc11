import { describe, expect, it } from 'vitest';
import { createWorld, node, nodeName, startUpTaint } from './launch-world.ts';

const label = (key: string) => `k8s.io/cluster-autoscaler/node-template/label/${key}`;
const taint = (key: string) => `k8s.io/cluster-autoscaler/node-template/taint/${key}`;
const failure = {
  code: undefined,
  reason: undefined,
  message: '',
  causes: [],
  detailsKind: undefined,
  retryAfterSeconds: undefined,
};
const gpu = { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' };

describe('what the tags of a group promise of its nodes', () => {
  it('is there when the start-up taint goes, in the same patch', async () => {
    const tags = { [label('pool')]: 'gpu', [taint('dedicated')]: 'gpu:NoSchedule' };
    const world = createWorld({ tags });
    world.cluster.apply(node());
    const patches: unknown[] = [];
    const { patchNode } = world.port;
    world.port.patchNode = async (name, patch, signal) => {
      patches.push(patch);
      return patchNode(name, patch, signal);
    };
    const { end } = await world.run(world.launch());
    expect(patches).toHaveLength(1);
    expect(world.node()?.spec.taints).toEqual([gpu]);
    expect(world.node()?.metadata.labels).toMatchObject({ pool: 'gpu', 'kubernetes.io/hostname': nodeName });
    expect(end.text).toBe(
      `${nodeName} is ready; label pool=gpu; taint dedicated=gpu:NoSchedule; takes away the taint eks-node-lifecycle.io/not-ready`,
    );
  });

  it('is not patched onto a node that has it all', async () => {
    const world = createWorld({ tags: { [label('pool')]: 'gpu' } });
    world.cluster.apply(node({ labels: { pool: 'gpu' }, spec: { taints: [] } }));
    let patches = 0;
    world.port.patchNode = async () => {
      patches += 1;
      throw new Error('no patch is needed');
    };
    expect((await world.run(world.launch())).end.text).toBe(`${nodeName} is ready`);
    expect(patches).toBe(0);
  });

  it('is told on the node where a tag is no label or taint, and the rest is applied', async () => {
    const tags = { [label('team')]: 'two words', [taint('odd')]: 'x:Never', [label('pool')]: 'gpu' };
    const world = createWorld({ tags });
    world.cluster.apply(node());
    const { end } = await world.run(world.launch());
    expect(end).toMatchObject({ reason: 'ready', alarm: false });
    expect(world.node()?.metadata.labels).toMatchObject({ pool: 'gpu' });
    const [event] = world.events().filter(({ reason }) => reason === 'TagsLeftOut');
    expect(event).toMatchObject({ type: 'Warning', message: expect.stringContaining("'two words' is not a value") });
    expect(event?.message).toContain(`${taint('odd')}=x:Never`);
    expect(world.logged('tags left out')).toMatchObject([{ level: 'warn', fields: { node: nodeName } }]);
  });

  it('is written onto the node as it is now, when it changed meanwhile', async () => {
    const world = createWorld({ tags: { [taint('dedicated')]: 'gpu:NoSchedule' } });
    world.cluster.apply(node());
    const { patchNode } = world.port;
    const theirs = { key: 'example.com/theirs', effect: 'NoSchedule' };
    let tries = 0;
    world.port.patchNode = async (name, patch, signal) => {
      tries += 1;
      if (tries <= 2) {
        const taints = [startUpTaint, { ...theirs, value: String(tries) }];
        await patchNode(name, { spec: { taints } }, signal);
      }
      return patchNode(name, patch, signal);
    };
    expect((await world.run(world.launch())).end.reason).toBe('ready');
    expect(world.node()?.spec.taints).toEqual([{ ...theirs, value: '2' }, gpu]);
    expect(tries).toBe(3);
  });

  it('waits for a node that is no longer ready at that moment', async () => {
    const world = createWorld();
    world.cluster.apply(node());
    const { patchNode } = world.port;
    let tries = 0;
    world.port.patchNode = async (name, patch, signal) => {
      tries += 1;
      if (tries === 1) world.cluster.apply(node({ status: { conditions: [{ type: 'Ready', status: 'False' }] } }));
      return patchNode(name, patch, signal);
    };
    const action = world.launch();
    const output = await world.tickOnce({ action, state: null, execution: 'one' });
    expect(output).toMatchObject({ status: 'again', waitSeconds: 1 });
    expect(world.node()?.spec.taints).toEqual([startUpTaint]);
    expect(world.completions).toEqual([]);
  });

  it('is not written when the cluster answers no more after a conflict, until it does', async () => {
    const world = createWorld();
    world.cluster.apply(node());
    const { patchNode } = world.port;
    world.port.patchNode = async (name, _patch, signal) => {
      await patchNode(name, { metadata: { annotations: { theirs: 'x' } } }, signal);
      world.cluster.faults.add({ match: /./, times: 1, effect: { reset: 'before' } });
      world.port.patchNode = patchNode;
      return { ok: false, failure: { ...failure, code: 409 } };
    };
    const { end } = await world.run(world.launch());
    expect(end.reason).toBe('ready');
    expect(world.logged('node not prepared')).toHaveLength(1);
  });

  it('comes again for a node that changes faster than it can be patched, and in the end lets it through', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 120 } });
    world.cluster.apply(node());
    const { patchNode } = world.port;
    let tries = 0;
    world.port.patchNode = async (name, patch, signal) => {
      tries += 1;
      await patchNode(name, { metadata: { annotations: { tries: String(tries) } } }, signal);
      return patchNode(name, patch, signal);
    };
    const { end } = await world.run(world.launch());
    expect(end).toMatchObject({ reason: 'never-ready-kept', code: 'node-not-prepared', completion: 'CONTINUE' });
    expect(end.text).toContain('changes faster');
  });
});
