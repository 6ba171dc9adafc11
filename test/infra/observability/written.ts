import { noteRepeatedCalls, repeatLogger } from '../../../shared/adapters/repeated-calls.ts';
import * as logs from '../../functions/audit-log/log-world.ts';
import * as audit from '../../functions/cluster-audit/audit-world.ts';
import * as byHand from '../../functions/drain/manual-world.ts';
import * as intake from '../../functions/intake/invoke.ts';
import * as subnets from '../../functions/subnet-audit/audit-world.ts';
import * as drain from '../../shared/drain/drain-world.ts';
import * as launch from '../../shared/launch/launch-world.ts';
import { keyOf } from './catalogue-keys.ts';

/** A line of a function's log, as Logs Insights sees it. */
export type WrittenLine = { service: string; level: string; message: string } & Record<string, unknown>;
interface Told {
  lines: readonly { level: string; message: string; fields: Record<string, unknown> }[];
  metrics: readonly { name: string; dimensions: Record<string, string> | undefined }[];
}

const refused = (code: number) => ({
  answer: { status: code, body: { kind: 'Status', code, message: 'not allowed' } },
});
const fails = async () => Promise.reject(new Error('Throttling'));

/** What the real ticks and the real intake write when all goes well, and when all goes wrong. */
export async function everythingWritten(): Promise<{ lines: WrittenLine[]; metrics: Set<string> }> {
  const drains = await Promise.all([forcedDrain(), drainWithoutRights(), unansweredDrain(), noticedDrain()]);
  const launches = await Promise.all([launched(), deniedLaunch(), unheardLaunch()]);
  const taken = await takenEvents();
  const audited = await auditedClusters();
  const asked = await drainedByHand();
  const networks = await auditedSubnets();
  const queried = await auditedLogs();
  const repeats = services.map(repeatedCalls);
  return {
    lines: [
      ...drains.flatMap((world) => linesOf('terminate', world)),
      ...launches.flatMap((world) => linesOf('launch', world)),
      ...linesOf('intake', { lines: taken.lines(), metrics: [] }),
      ...linesOf('cluster-audit', audited),
      ...linesOf('drain', { lines: asked, metrics: [] }),
      ...linesOf('subnet-audit', networks),
      ...linesOf('audit-log', queried),
      ...repeats.flatMap((told, index) => linesOf(String(services[index]), told)),
    ],
    metrics: new Set([
      ...drains.flatMap((world) => keysOf('terminate', world)),
      ...launches.flatMap((world) => keysOf('launch', world)),
      ...keysOf('cluster-audit', audited),
      ...keysOf('subnet-audit', networks),
      ...keysOf('audit-log', queried),
      ...repeats.flatMap((told, index) => keysOf(String(services[index]), told)),
      ...taken.counts.map((count) => `intake ${count.split(' ')[0]} Outcome`),
    ]),
  };
}

function keysOf(service: string, { metrics }: Told): string[] {
  return metrics.map(({ name, dimensions }) => keyOf(service, name, Object.keys(dimensions ?? {})));
}

function linesOf(service: string, { lines }: Told): WrittenLine[] {
  return lines.map(({ level, message, fields }) => ({ ...fields, service, level: level.toUpperCase(), message }));
}

/** The hook waits for longer than its heartbeats fail. */
function failAtFirst({ ports, at }: Pick<drain.World | launch.World, 'ports' | 'at'>): void {
  const { recordHeartbeat } = ports.autoScaling;
  ports.autoScaling.recordHeartbeat = fails;
  at(30, () => {
    ports.autoScaling.recordHeartbeat = recordHeartbeat;
  });
}

/** Its budget never gives way, its hook's metadata is wrong, its report cannot be kept, its heartbeats fail. */
async function forcedDrain(): Promise<Told> {
  const world = drain.createWorld({
    policy: { deadlineSeconds: 360 },
    heartbeatSeconds: 60,
    hookMetadata: '{"graceCapSeconds":"x"}',
  });
  await world.fill(drain.deployment('db', 1), drain.budget('db', { maxUnavailable: 0 }));
  world.ports.reports.save = fails;
  failAtFirst(world);
  await world.drain(world.terminate());
  return world;
}

/** Auto Scaling does not take its end at first. */
async function drainWithoutRights(): Promise<Told> {
  const world = drain.createWorld({ policy: { deadlineSeconds: 120 } });
  await world.fill(drain.deployment('web', 1));
  world.cluster.faults.add({ match: /eviction/, effect: refused(403) });
  const answer = { status: 201, body: { status: { allowed: false } } };
  world.cluster.faults.add({ match: /selfsubjectaccessreviews/, effect: { answer } });
  world.ports.autoScaling.completeAction = fails;
  await world.drain(world.terminate()).catch(() => undefined);
  return world;
}

async function unansweredDrain(): Promise<Told> {
  const world = drain.createWorld();
  world.cluster.faults.add({ match: /nodes/, effect: { reset: 'before' } });
  await world.drain(world.terminate());
  return world;
}

async function noticedDrain(): Promise<Told> {
  const world = drain.createWorld();
  await world.fill(drain.deployment('web', 1));
  await world.drain(world.notice('spot-interruption', 120));
  return world;
}

async function launched(): Promise<Told> {
  const world = launch.createWorld();
  world.cluster.apply(launch.node());
  await world.run(world.launch());
  return world;
}

/** Its role has no access entry: nobody joins, and the diagnosis has a command that fixes it. */
async function deniedLaunch(): Promise<Told> {
  const world = launch.createWorld({ policy: { deadlineSeconds: 200 } });
  world.aws.accessEntry = { mode: 'API', entryType: undefined };
  await world.run(world.launch());
  return world;
}

async function unheardLaunch(): Promise<Told> {
  const world = launch.createWorld({ policy: { deadlineSeconds: 200 }, heartbeatSeconds: 60 });
  world.cluster.apply(launch.node());
  world.cluster.faults.add({ match: /daemonsets/, effect: refused(403) });
  failAtFirst(world);
  world.ports.autoScaling.completeAction = fails;
  await world.run(world.launch()).catch(() => undefined);
  return world;
}

async function takenEvents() {
  const invocation = intake.createInvocation();
  for (const file of ['sns-terminate.json', 'sns-other-topic.json', 'sns-test-notification.json']) {
    await invocation.invoke(intake.readEvent(file));
  }
  return invocation;
}

/** A group without a hook, and one that cannot be read. */
async function auditedClusters(): Promise<Told> {
  const world = audit.createWorld();
  await world.audit();
  return world;
}

/** One that is refused, and one that is carried out. */
async function drainedByHand(): Promise<Told['lines']> {
  const world = await byHand.createManualWorld(1);
  await world.ask({ action: 'plan', cluster: 'demo' });
  await world.ask({ action: 'start', cluster: 'demo', target: { node: drain.nodeName } });
  await world.idle();
  return world.lines;
}

/** Nobody can be told of what it finds. */
async function auditedSubnets(): Promise<Told> {
  const world = subnets.createWorld();
  world.ports.news = [{ name: 'topic', tell: fails }];
  await world.audit();
  return { lines: world.written, metrics: world.metrics };
}

/** A namespace was deleted, and nobody can be told of it. */
async function auditedLogs(): Promise<Told> {
  const world = logs.createLogWorld();
  const metrics: Told['metrics'][number][] = [];
  world.ports.news = [{ name: 'topic', tell: fails }];
  world.ports.metrics = { add: (name, _unit, _value, dimensions?) => void metrics.push({ name, dimensions }) };
  world.happens(logs.deletion('shop'), 'demo', logs.hourMs);
  const run = world.begin();
  await world.run(run);
  const ids = { execution: run.execution };
  return { lines: world.written.map(({ fields, ...line }) => ({ ...line, fields: { ...ids, ...fields } })), metrics };
}

const services = ['intake', 'terminate', 'launch', 'drain', 'cluster-audit', 'subnet-audit', 'audit-log'];

/** As each function's handler has them noted, in a log that was told which instance the invocation is about. */
function repeatedCalls(): Told {
  const lines: Told['lines'][number][] = [];
  const metrics: Told['metrics'][number][] = [];
  const ids = { instance: drain.instanceId, execution: 'one' };
  const warn = (message: string, fields = {}) =>
    void lines.push({ level: 'warn', message, fields: { ...ids, ...fields } });
  const log = { debug: warn, info: warn, warn, error: warn };
  noteRepeatedCalls({ log, metrics: { add: (name) => void metrics.push({ name, dimensions: undefined }) } });
  const error = { name: 'ThrottlingException' };
  repeatLogger.error({
    clientName: 'EKSClient',
    commandName: 'DescribeClusterCommand',
    error,
    metadata: { attempts: 5 },
  });
  return { lines, metrics };
}
