import type { Node } from '../../../sandbox/cluster/objects.ts';
import { instanceId, nodeManifest, nodeName } from './manifests.ts';
import { runLaunchTick } from './run-launch.ts';
import { type Edit, excludeLabel, type LaunchEvent } from './scenario.ts';
import type { LaunchWorld } from './world.ts';

type EventOf<Name extends LaunchEvent['is']> = Extract<LaunchEvent, { is: Name }>;

/** What each event does. */
export const actOnLaunch: { [Name in LaunchEvent['is']]: (world: LaunchWorld, event: EventOf<Name>) => void } = {
  fault(world, event) {
    const matches = (call: string) => event.on === 'anything' || call === event.on;
    world.kubeFaults.add({ ...event, matches, until: after(world, event.forSeconds) });
  },
  'scaling-fault'(world, event) {
    const matches = (call: string) => event.on === 'anything' || call === event.on;
    world.scalingFaults.add({ ...event, matches, until: after(world, event.forSeconds) });
  },
  'watches-dropped': ({ cluster }) => cluster.dropWatches(),
  'watches-silent'(world, { forSeconds }) {
    world.watchesSilentUntil = after(world, forSeconds);
  },
  'history-compacted': ({ cluster }) => cluster.compact(),
  'clock-jump': ({ clock }, { seconds }) => clock.jump(seconds * 1000),
  'tick-killed': ({ current }, { noticedAfter }) => current?.kill(noticedAfter),
  'tick-frozen'({ current, clock }, { seconds }) {
    if (current && !current.ended) current.frozenUntil = Math.max(current.frozenUntil, clock.now() + seconds * 1000);
  },
  'tick-doubled'(world) {
    if (!world.result) runLaunchTick(world, world.input, ' (double)');
  },
  'tick-given-up'({ current }) {
    if (current && !current.ended) current.tell({ error: new Error('given up') });
  },
  'wait-overslept'(world, { seconds }) {
    world.oversleep = seconds;
  },
  'node-deleted'(world, { backAfter }) {
    if (!world.cluster.get('nodes', nodeName)) return;
    world.cluster.remove('nodes', nodeName);
    if (backAfter !== 'never') void world.sleep(backAfter).then(() => world.cluster.apply(nodeManifest(world, true)));
  },
  'node-flaps'(world, { to, forSeconds }) {
    if (!isRegisteredReady(world)) return;
    setReady(world, to);
    void world.sleep(forSeconds).then(() => setReady(world, 'True'));
  },
  'node-edited': (world, { what, times }) => void keepEditing(world, what, times),
  'pod-fails'(world, { set, forSeconds }) {
    if (world.scenario.sets[set] === 'never') return;
    setPodReady(world, set, 'False');
    void world.sleep(forSeconds).then(() => setPodReady(world, set, 'True'));
  },
  'drain-begins'(world, { ends }) {
    const at = (seconds: number) => new Date(after(world, seconds)).toISOString();
    const times = { startedAt: at(0), markedAt: at(0), seenAt: at(0), deadlineAt: at(120), endsAt: at(120) };
    const ours = { label: true, cordon: true };
    const ended = ends ? { ended: 'cordoned' } : {};
    const mark = { version: 1, drain: `${instanceId}-spot`, execution: 'spot', ...times, ours, ...ended };
    editNode(world, ({ metadata, spec }) => ({
      metadata: {
        ...metadata,
        labels: { ...metadata.labels, [excludeLabel]: 'true' },
        annotations: { ...metadata.annotations, 'eks-node-lifecycle.io/drain': JSON.stringify(mark) },
      },
      spec: { ...spec, unschedulable: true },
    }));
  },
  'hook-resolved'({ scaling, action }, { result }) {
    try {
      scaling.completeAction(action, result);
    } catch {
      // it is resolved already
    }
  },
  'instance-dies'(world) {
    world.ec2.set(instanceId, 'terminated');
    setReady(world, 'Unknown');
  },
};

function after({ clock }: LaunchWorld, seconds: number): number {
  return clock.now() + seconds * 1000;
}

/** A Node that is gone is left alone. */
function editNode({ cluster }: LaunchWorld, edit: (node: Node) => Partial<Node>): void {
  const node = cluster.get('nodes', nodeName);
  if (node) cluster.apply({ ...node, ...edit(node) } as never);
}

async function keepEditing(world: LaunchWorld, what: Edit, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    editNode(world, (node) => edited(node, what, time));
    await world.sleep(1);
  }
}

function edited({ metadata, spec }: Node, what: Edit, time: number): Partial<Node> {
  const taints = spec.taints ?? [];
  switch (what) {
    case 'label':
      return { metadata: { ...metadata, labels: { ...metadata.labels, 'example.com/edited': String(time) } } };
    case 'annotation':
      return {
        metadata: { ...metadata, annotations: { ...metadata.annotations, 'example.com/edited': String(time) } },
      };
    case 'taint': {
      const other = { key: 'example.com/edited', value: String(time), effect: 'NoSchedule' };
      return { spec: { ...spec, taints: [...taints.filter(({ key }) => key !== other.key), other] } };
    }
    case 'cordon':
    case 'uncordon':
      return { spec: { ...spec, unschedulable: what === 'cordon' } };
    case 'template-label':
      return { metadata: { ...metadata, labels: { ...metadata.labels, pool: 'edited' } } };
    case 'template-taint':
      return { spec: { ...spec, taints: taints.filter(({ key }) => key !== 'dedicated') } };
  }
}

function isRegisteredReady({ cluster }: LaunchWorld): boolean {
  const node = cluster.get('nodes', nodeName);
  return node?.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

function setReady(world: LaunchWorld, status: 'True' | 'False' | 'Unknown'): void {
  if (status === 'True' && world.ec2.get(instanceId) === 'terminated') return;
  const lastTransitionTime = new Date(world.clock.now()).toISOString();
  editNode(world, (node) => ({
    status: { ...node.status, conditions: [{ type: 'Ready', status, lastTransitionTime }] },
  }));
}

function setPodReady({ cluster }: LaunchWorld, set: string, status: 'True' | 'False'): void {
  const pod = cluster.list('pods', 'kube-system').find(({ metadata }) => metadata.labels?.app === set);
  if (pod?.status.phase === 'Running')
    cluster.apply({ ...pod, status: { ...pod.status, conditions: [{ type: 'Ready', status }] } } as never);
}
