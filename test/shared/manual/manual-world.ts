import type { Manifest } from '../../../sandbox/cluster/objects.ts';
import { readMark } from '../../../shared/lifecycle/mark.ts';
import type { DrainRequest } from '../../../shared/manual/drain-request.ts';
import { type DrainEvent, type StartPorts, startDrains } from '../../../shared/manual/start-drains.ts';
import { createWorld, instanceId, node, nodeName } from '../drain/drain-world.ts';

/** The world of the ticks with so many nodes to drain, over zones a and b, and one that takes what they lose. */
export async function createManualWorld(
  count: number,
  manifests: (nodes: string[]) => Manifest[],
  more: Partial<StartPorts> = {},
) {
  const world = createWorld({ loseNode: true });
  const names = Array.from({ length: count }, (_, index) => (index === 0 ? nodeName : `n${index}.ec2.internal`));
  const zoneOf = (index: number) => (index % 2 === 0 ? 'b' : 'a');
  const ids = names.map((_, index) => (index === 0 ? instanceId : `i-0${index}`));
  const nodes = names.map((name, index) => ({ name, instanceId: ids[index] as string, zone: zoneOf(index) }));
  for (const { name, instanceId: id } of nodes) world.cluster.apply(node(name, id));
  world.cluster.apply(manifests(names));
  await world.clock.advance(10_000);
  world.cluster.apply(node('spare.ec2.internal', 'i-0aaaaaaaaaaaaaaaa'));

  const events: DrainEvent[] = [];
  const stop = new AbortController();
  const request = (changes: Partial<DrainRequest> = {}): DrainRequest => ({
    ...{ requestId: 'req-1', requestedBy: 'ana', account: '123456789012', region: 'us-east-1', cluster: 'demo' },
    ...{ nodes, options: {}, maxUnavailable: 1, ...changes },
  });
  const started = (changes: Partial<DrainRequest> = {}) =>
    startDrains(
      request(changes),
      {
        cluster: world.port,
        tick: world.ports,
        settings: world.settings,
        ...more,
        on: (event) => void events.push(event),
        lastMoments: () => new AbortController().signal,
      },
      stop.signal,
    );
  const nodeOf = (name: string) => world.cluster.get('nodes', name);
  return {
    ...{ world, names, nodes, events, stop, request, started },
    run: (changes: Partial<DrainRequest> = {}) => world.clock.runUntil(started(changes)),
    cordoned: () => names.filter((name) => nodeOf(name)?.spec.unschedulable === true),
    marked: () => names.filter((name) => readMark(nodeOf(name)?.metadata.annotations ?? {})),
    podsOn: (name: string) => world.cluster.list('pods').filter(({ spec }) => spec.nodeName === name),
    order: (kind: DrainEvent['kind']) =>
      events.flatMap((event) => (event.kind === kind && 'node' in event ? [event.node] : [])),
  };
}
