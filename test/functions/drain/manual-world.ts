import type { Context } from 'aws-lambda';
import { createDrain } from '../../../functions/drain/create-drain.ts';
import type { ManualPorts } from '../../../functions/drain/manual-ports.ts';
import type { Manifest } from '../../../sandbox/cluster/objects.ts';
import { lifecycleDefinition } from '../../../sandbox/lifecycle-definition.ts';
import { requestDefinition } from '../../../sandbox/request-definition.ts';
import { severalMachines } from '../../../sandbox/several-machines.ts';
import { createStateMachine } from '../../../sandbox/state-machine.ts';
import { createKubeInventory } from '../../../shared/adapters/kube-inventory.ts';
import { executionArn } from '../../../shared/adapters/step-functions.ts';
import { terminateTick } from '../../../shared/drain/terminate-tick.ts';
import { readMark } from '../../../shared/lifecycle/mark.ts';
import type { TickInput } from '../../../shared/lifecycle/tick.ts';
import type { ManualSettings } from '../../../shared/settings/manual.ts';
import { createWorld, groupName, instanceId, node, nodeName } from '../../shared/drain/drain-world.ts';

const machineArn = (name: string) => `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;
const functionArn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
export const requestMachine = machineArn('request');
const drainMachine = machineArn('terminate');
const definitions = {
  drain: lifecycleDefinition(functionArn('terminate')),
  request: requestDefinition(functionArn('drain'), drainMachine),
};

/** The deployed definitions with the function and the ticks behind them, over so many nodes of a sandbox's cluster, on a manual clock. */
export async function createManualWorld(
  count: number,
  manifests: (nodes: string[]) => Manifest[] = () => [],
  zones = ['b', 'a'],
) {
  const world = createWorld({ loseNode: true });
  const { clock, cluster, scaling } = world;
  const names = Array.from({ length: count }, (_, index) => (index === 0 ? nodeName : `n${index}.ec2.internal`));
  const zoned = (name: string, id: string, zone: string): Manifest => {
    const manifest = node(name, id);
    Object.assign(manifest.metadata?.labels ?? {}, { 'topology.kubernetes.io/zone': zone });
    return manifest;
  };
  const ids = names.map((_, index) => (index === 0 ? instanceId : `i-0${String(index).padStart(8, '0')}`));
  for (const [index, name] of names.entries()) {
    const id = ids[index] as string;
    if (index > 0) scaling.addInstance(groupName, id);
    cluster.apply(zoned(name, id, zones[index % zones.length] as string));
  }
  cluster.apply(manifests(names));
  await clock.advance(10_000);
  cluster.apply(zoned('spare.ec2.internal', 'i-0aaaaaaaaaaaaaaaa', 'c'));

  const ended: { instanceId: string; decrement: boolean }[] = [];
  const endings: ('done' | 'busy' | 'gone')[] = [];
  const settings: ManualSettings = {
    ...{ requestMachineArn: requestMachine, drainMachineArn: drainMachine },
    ...{ reportBucket: undefined, reportFolder: undefined, logLevel: 'info', policy: world.settings.policy },
  };
  const opened = { cluster: world.port, inventory: createKubeInventory(cluster.transportFor()) };
  const ports: ManualPorts = {
    clusters: { open: async (name) => (name === 'demo' ? opened : 'gone') },
    groups: {
      describeGroup: world.ports.autoScaling.describeGroup,
      groupInstances: async (name) =>
        name === groupName
          ? ids.map((id) => ({ instanceId: id, lifecycleState: 'InService', zone: undefined }))
          : undefined,
      terminate: async (id, { decrement }) => {
        const answer = endings.shift() ?? 'done';
        if (answer === 'done') ended.push({ instanceId: id, decrement });
        return answer;
      },
    },
    executions: {
      async start(name, arn, input) {
        return machines.start(name, arn, JSON.parse(JSON.stringify(input))).existed ? 'exists' : 'started';
      },
      async status(name, arn) {
        return machines.describe(executionArn(arn, name))?.status ?? 'missing';
      },
    },
    reports: world.ports.reports,
    clock,
    log: world.ports.log,
  };
  const lines: (typeof world.lines)[number][] = [];
  let begun: Record<string, unknown> = {};
  const tell =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}) =>
      void lines.push({ level, message, fields: { ...begun, ...fields } });
  const log = {
    begin: (_: Context, fields: Record<string, unknown> = {}) => {
      begun = fields;
    },
    ...{ debug: tell('debug'), info: tell('info'), warn: tell('warn'), error: tell('error') },
  };
  const handler = createDrain(settings, { ...ports, log });
  const invoke = (event: unknown, awsRequestId = 'req1') =>
    handler(event, { awsRequestId, getRemainingTimeInMillis: () => 300_000 } as Context);
  const steps: string[] = [];
  const trouble: { step?: (event: unknown) => void; tick?: (input: TickInput) => void } = {};
  const handlers = { completeLifecycleAction: async () => ({}) };
  const options = { clock, random: () => 1 };
  const drains = createStateMachine(
    {
      ...handlers,
      stateMachineArn: drainMachine,
      definition: definitions.drain,
      tick: async (input, signal) => {
        trouble.tick?.(input as TickInput);
        return terminateTick(input as TickInput, world.settings, world.ports, {
          endsAt: clock.now() + 180_000,
          signal,
        });
      },
    },
    options,
  );
  const requests = createStateMachine(
    {
      ...handlers,
      stateMachineArn: requestMachine,
      definition: definitions.request,
      tick: async (event) => {
        trouble.step?.(event);
        const { step, node } = event as { step: string; node?: { name: string } };
        steps.push(node ? `${step} ${node.name}` : step);
        return invoke(event);
      },
      waitsFor: drains,
    },
    options,
  );
  const machines = severalMachines({ [drainMachine]: drains, [requestMachine]: requests });
  const nodeOf = (name: string) => cluster.get('nodes', name);
  return {
    ...{ lines, world, clock, cluster, names, settings, ports, steps, trouble, ended, endings, machines, opened },
    /** What the function answers. */
    ask: (event: unknown, requestId = 'req1') => clock.runUntil(invoke(event, requestId)),
    idle: () => clock.runUntil(machines.idle()),
    request: (id = 'req1') => machines.describe(executionArn(requestMachine, id)),
    drains: () => drains.list().map(({ name, status }) => `${name} ${status}`),
    cordoned: () => names.filter((name) => nodeOf(name)?.spec.unschedulable === true),
    marked: () => names.filter((name) => readMark(nodeOf(name)?.metadata.annotations ?? {})),
    podsOn: (name: string) => cluster.list('pods').filter(({ spec }) => spec.nodeName === name),
  };
}
