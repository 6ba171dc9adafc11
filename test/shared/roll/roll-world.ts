import { createScalingGroups } from '../../../sandbox/aws/scaling-groups.ts';
import { createManualClock } from '../../../sandbox/clock.ts';
import { createCluster } from '../../../sandbox/cluster/create-cluster.ts';
import { node } from '../../../sandbox/scenarios/manifests.ts';
import { type GrowingGroupOptions, growGroup } from '../../../sandbox/world/growing-group.ts';
import { createRollNodes } from '../../../shared/adapters/roll-nodes.ts';
import type { RollEvent } from '../../../shared/roll/roll-event.ts';
import { rollGroup } from '../../../shared/roll/roll-group.ts';
import type { DrainAnswer, GroupRollPort, RollPorts } from '../../../shared/roll/roll-ports.ts';
import { defaultRollOptions, type RollOptions } from '../../../shared/roll/roll-request.ts';
import { groupRollPort } from './group-roll-port.ts';

export const groupName = 'workers';
export const templateId = 'lt-0123456789abcdef0';
const start = Date.UTC(2026, 2, 1, 8);
const never = new AbortController().signal;

export type RollWorld = ReturnType<typeof createRollWorld>;

/** A group of old instances with their nodes, on a manual clock; the template's latest version is newer. */
export function createRollWorld({
  size = 3,
  max = 6,
  min = 1,
  nodeNameOf,
}: { size?: number; max?: number; min?: number } & Pick<GrowingGroupOptions, 'nodeNameOf'> = {}) {
  const clock = createManualClock(start);
  const cluster = createCluster({ clock });
  const scaling = createScalingGroups({ clock, account: '123456789012' });
  scaling.templates.set(templateId, { name: 'workers', latest: 2, default: 1 });
  const launches = { templateId, version: '$Latest' };
  const zones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
  scaling.addGroup({ name: groupName, tags: {}, hooks: [], min, max, desired: size, launches, zones });
  const old = Array.from({ length: size }, (_, at) => `i-0000000000000000${at}`);
  for (const [at, id] of old.entries()) {
    const zone = zones[at % 3] ?? '';
    scaling.addInstance(groupName, id, { zone, launchedAt: start - 86_400_000, from: { templateId, version: '1' } });
    cluster.apply(node(`old-${at}`, id));
  }
  const group = () => scaling.groupNamed(groupName);
  const ending = new AbortController();
  const grown = { scaling, cluster, clock, groupName, ...(nodeNameOf && { nodeNameOf }) };
  void growGroup(grown, ending.signal);

  const drained: string[] = [];
  /** Drains that end in another way. */
  const failing = new Map<string, DrainAnswer>();
  const drainNode: RollPorts['drainNode'] = async (name, _, signal) => {
    const aborted = await clock.sleep(20_000, signal).then(
      () => false,
      () => true,
    );
    if (aborted) return { ok: false, reason: 'aborted', text: 'stopped' };
    const answer = failing.get(name) ?? { ok: true, reason: 'drained', text: 'nothing is left on it' };
    if (answer.ok) drained.push(name);
    return answer;
  };

  const events: RollEvent[] = [];
  let ids = 0;
  const ports: RollPorts = {
    group: groupRollPort(scaling),
    nodes: createRollNodes(cluster.transportFor()),
    drainNode,
    clock,
    tell: (event) => void events.push(event),
    newId: () => `r${ids++}`,
  };
  return {
    clock,
    cluster,
    scaling,
    group,
    old,
    drained,
    failing,
    events,
    ports,
    steps: () => events.flatMap((event) => (event.kind === 'step' ? [event.step] : [])),
    nodes: () => cluster.list('nodes').map(({ metadata }) => metadata.name),
    end: () => ending.abort(),
    roll: (
      options: Partial<RollOptions> = {},
      { stop = never, signal = never, dryRun = false, wrap = (port: GroupRollPort) => port } = {},
    ) =>
      clock.runUntil(
        rollGroup(
          { ...defaultRollOptions, groupName, ...options },
          { ...ports, group: wrap(ports.group) },
          { stop, signal, dryRun },
        ),
      ),
  };
}
