import { readRollMark, rollTag, writeRollMark } from './roll-mark.ts';
import type { RollMemory } from './roll-memory.ts';
import type { RollGroup, RollPorts } from './roll-ports.ts';
import type { RollOptions } from './roll-request.ts';
import type { RollObservation } from './standing.ts';

/** Auto Scaling may answer for so long what was before our last change. */
const staleMs = 15_000;

/** One look at group, launch templates and nodes; undefined: there is no such group. */
export async function observeRoll(
  options: RollOptions,
  memory: RollMemory,
  { group: scaling, nodes, clock, newId }: RollPorts,
  signal: AbortSignal,
): Promise<RollObservation | undefined> {
  const read = await scaling.describeGroup(options.groupName, signal);
  if (!read) return undefined;
  const now = clock.now();
  const group = withOwnChanges(read, memory, now);
  const ids = group.instances.map(({ id }) => id);
  const mark = readRollMark(group.tags[rollTag] ?? '');
  const byAge = (mark?.which ?? options.which.kind) !== 'template' || options.which.kind !== 'template';
  const waited = memory.waiting ? now - memory.waiting.since : 0;
  const late = memory.waiting?.key.startsWith('ready') && waited >= options.readyTimeoutSeconds * 1000;

  const unknown = byAge ? ids.filter((id) => !memory.launchTimes.has(id)) : [];
  if (unknown.length > 0) {
    for (const [id, at] of await scaling.launchTimes(unknown, signal)) memory.launchTimes.set(id, at);
  }
  const templates = templatesOf(group);
  const [versions, refresh, found, failedLaunches] = await Promise.all([
    templates.length > 0 ? scaling.templateVersions(templates, signal) : new Map(),
    scaling.activeRefresh(group.name, signal),
    nodes.nodesOf(ids, signal),
    late ? scaling.failedLaunches(group.name, memory.waiting?.since ?? now, signal) : [],
  ]);
  if (mark && mark.run !== memory.run && !memory.foreign) memory.foreign = { seenAt: mark.seenAt, since: now };
  return {
    options,
    now,
    run: memory.run,
    newId: newId(),
    group,
    versions,
    launchTimes: memory.launchTimes,
    refresh,
    nodes: new Map(found.map((node) => [node.instanceId, node])),
    drains: memory.drains,
    givers: memory.givers,
    told: memory.told,
    ended: memory.terminated.length,
    waiting: memory.waiting,
    foreign: memory.foreign,
    owned: memory.mark !== undefined,
    failedLaunches,
  };
}

/** Read-after-write is not promised: for a while what we wrote counts for what is read. */
function withOwnChanges(group: RollGroup, { mark, moved }: RollMemory, now: number): RollGroup {
  const tags = mark && now - mark.at < staleMs ? { ...group.tags, [rollTag]: writeRollMark(mark.mark) } : group.tags;
  const stale = moved && now - moved.at < staleMs && group.desired === moved.from;
  return { ...group, tags, ...(stale && { desired: moved.to }) };
}

/** Those whose version is a name. */
function templatesOf({ launches: { from, overrides } }: RollGroup): string[] {
  const sources = [from, ...overrides.map((override) => override.from)];
  const named = sources.flatMap((source) =>
    source && 'templateId' in source && source.version.startsWith('$') ? [source.templateId] : [],
  );
  return [...new Set(named)];
}
