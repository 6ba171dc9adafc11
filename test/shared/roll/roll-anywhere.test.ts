import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rollGroup } from '../../../shared/roll/roll-group.ts';
import type { RollPorts } from '../../../shared/roll/roll-ports.ts';
import { defaultRollOptions, type RollOptions } from '../../../shared/roll/roll-request.ts';
import { createRollWorld, groupName, type RollWorld } from './roll-world.ts';

const changes = ['setDesired', 'setMax', 'terminate', 'writeTag', 'suspend', 'resume'] as const;

/** The ports of one process, which dies right after so many changes; what must hold is checked at each. */
function mortalPorts(world: RollWorld, { floor, dieAfter }: { floor: number; dieAfter: number }) {
  const dead = new AbortController();
  let left = dieAfter;
  const { group, nodes, drainNode } = world.ports;
  const draining = new Set<string>();
  const violations: string[] = [];
  const changed = () => {
    violations.push(...violationsOf(world, draining, floor));
    left -= 1;
    if (left === 0) dead.abort(new Error('killed'));
  };
  const mortal = { ...group, ...nodes } as Record<string, unknown>;
  for (const name of [...changes, 'cordon', 'uncordon']) {
    const real = mortal[name] as (...input: unknown[]) => Promise<unknown>;
    mortal[name] = async (...input: unknown[]) => {
      if (dead.signal.aborted) throw dead.signal.reason;
      if (name === 'terminate') violations.push(...notDrained(world, String(input[0])));
      const answer = await real(...input);
      changed();
      return answer;
    };
  }
  const ports = {
    ...world.ports,
    group: mortal,
    nodes: mortal,
    drainNode: async (name: string, id: string, signal: AbortSignal) => {
      draining.add(name);
      changed();
      const answer = await drainNode(name, id, signal);
      if (!answer.ok) draining.delete(name);
      return answer;
    },
  } as unknown as RollPorts;
  return { ports, signal: dead.signal, violations };
}

function notDrained({ drained, cluster }: RollWorld, instanceId: string): string[] {
  const node = cluster.list('nodes').find(({ spec }) => spec.providerID?.endsWith(instanceId));
  return node && !drained.includes(node.metadata.name) ? [`${node.metadata.name} was not drained`] : [];
}

function violationsOf({ group, cluster, scaling, drained }: RollWorld, draining: ReadonlySet<string>, floor: number) {
  const { desired = 0, max = 0 } = group();
  const serving = cluster.list('nodes').filter(({ metadata, spec, status }) => {
    const instance = scaling.instance(spec.providerID?.split('/').at(-1) ?? '');
    const ready = status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True');
    return instance?.lifecycleState === 'InService' && ready && ![...draining, ...drained].includes(metadata.name);
  });
  return [
    ...(desired > max ? [`desired ${desired} is more than ${max}`] : []),
    ...(serving.length < floor ? [`${serving.length} nodes serve, not ${floor}`] : []),
    ...scaling.victims.map((id) => `Auto Scaling chose ${id}`),
  ];
}

async function lives(world: RollWorld, options: RollOptions, kills: readonly number[], size: number) {
  const atOnce = 'count' in options.maxUnavailable ? options.maxUnavailable.count : 1;
  let deaths = 0;
  for (const dieAfter of [...kills, Number.POSITIVE_INFINITY]) {
    const { ports, signal, violations } = mortalPorts(world, { floor: size - atOnce, dieAfter });
    const rolled = rollGroup(options, ports, { stop: new AbortController().signal, signal, dryRun: false });
    const end = await world.clock.runUntil(rolled.catch((error: Error) => error.message));
    expect(violations).toEqual([]);
    if (end !== 'killed') return { end, deaths };
    deaths += 1;
  }
  throw new Error('it never ended');
}

const count = (most: number) => fc.integer({ min: 1, max: most });
const situation = fc.record({
  size: count(5),
  room: fc.integer({ min: 0, max: 3 }),
  atOnce: count(3),
  surge: fc.option(count(3)),
  noSurge: fc.boolean(),
  all: fc.boolean(),
  kills: fc.array(count(9), { maxLength: 6 }),
  undoes: fc.boolean(),
});

it('killed after any step and run again it ends the same, and every step on the way is safe', async () => {
  let died = 0;
  await fc.assert(
    fc.asyncProperty(situation, async ({ size, room, atOnce, surge, noSurge, all, kills, undoes }) => {
      const world = createRollWorld({ size, max: size + room });
      const options: RollOptions = {
        ...defaultRollOptions,
        groupName,
        maxUnavailable: { count: atOnce },
        ...(surge && { surge: { count: surge } }),
        noSurge,
        raiseMax: room === 0,
        which: { kind: all ? 'all' : 'template' },
      };
      if (undoes) {
        const { ports, signal } = mortalPorts(world, { floor: size - atOnce, dieAfter: 5 });
        const begun = rollGroup(options, ports, { stop: new AbortController().signal, signal, dryRun: false });
        await world.clock.runUntil(begun.catch(() => undefined));
        const { end } = await lives(world, { ...options, undo: true }, kills, size);
        expect(end).toMatchObject({ outcome: expect.stringMatching(/^(undone|nothing-to-do)$/) });
        expect(world.group()).toMatchObject({ desired: size, max: size + room, suspended: [] });
        expect(world.group().tags).toEqual({});
        const cordoned = world.cluster.list('nodes').filter(({ spec }) => spec.unschedulable);
        expect(cordoned).toEqual([]);
      }
      const { end, deaths } = await lives(world, options, kills, size);
      expect(end).toMatchObject({ outcome: expect.stringMatching(undoes ? /^(rolled|nothing-to-do)$/ : /^rolled$/) });
      died += deaths;
      const inService = world.scaling
        .instanceIds()
        .filter((id) => world.scaling.instance(id)?.lifecycleState === 'InService');
      expect(world.group()).toMatchObject({ desired: size, max: size + room, suspended: [] });
      expect(world.group().tags).toEqual({});
      expect(inService).toHaveLength(size);
      expect(inService.filter((id) => world.old.includes(id))).toEqual([]);
      world.end();
    }),
    { numRuns: Number(process.env.FAULTS_RUNS ?? 40) },
  );
  expect(died).toBeGreaterThan(10);
});
