import type { LaunchFacts } from '../lifecycle/launch-facts.ts';
import type { Unready } from './await-ready.ts';
import { lookAtInstance } from './find-node.ts';
import type { LaunchPlace } from './launch-place.ts';
import type { InstanceView } from './launch-ports.ts';
import type { LaunchSession } from './launch-session.ts';
import { tried } from './tried.ts';

/** Looks wherever the reason may be. A place that cannot be looked at is `unknown`: a launch ends, whoever does not answer. */
export async function gatherFacts(
  session: LaunchSession,
  place: LaunchPlace,
  { node, sets, namesake }: Unready,
): Promise<LaunchFacts> {
  const { instanceId, groupName, region } = session.input.action;
  const instance = await lookAtInstance(session);
  const { clusterName, group } = place;
  const of = { instanceId, groupName, groupTags: group.tags, clusterName, region };
  const known = { ...of, instance, node, sets, namesake };
  // A Node has joined: it need not be asked what would keep it from that.
  if (node)
    return { ...known, nodeRole: 'unknown', accessEntry: 'unknown', mappedRoles: 'unknown', console: 'unknown' };
  const [access, mappedRoles, output] = await Promise.all([
    findAccess(session, place, instance),
    findMappedRoles(session, place),
    tried(session, 'console output', (signal) => session.ports.diagnosis.consoleOutput(instanceId, signal)),
  ]);
  return { ...known, ...access, mappedRoles, console: output };
}

async function findAccess(
  session: LaunchSession,
  { clusterName }: LaunchPlace,
  instance: InstanceView | 'unknown' | undefined,
): Promise<Pick<LaunchFacts, 'nodeRole' | 'accessEntry'>> {
  const { diagnosis } = session.ports;
  if (!instance || instance === 'unknown') return { nodeRole: 'unknown', accessEntry: 'unknown' };
  const { instanceProfileArn } = instance;
  if (instanceProfileArn === undefined) return { nodeRole: undefined, accessEntry: 'unknown' };
  const nodeRole = await tried(session, 'node role', (signal) => diagnosis.nodeRoleArn(instanceProfileArn, signal));
  if (nodeRole === undefined || nodeRole === 'unknown') return { nodeRole, accessEntry: 'unknown' };
  const entry = await tried(session, 'access entry', (signal) => diagnosis.accessEntry(clusterName, nodeRole, signal));
  return { nodeRole, accessEntry: entry };
}

async function findMappedRoles({ ports, limit }: LaunchSession, { cluster }: LaunchPlace) {
  const roles = await cluster.listMappedRoles(limit.signal);
  if (roles.ok) return roles.value;
  if (roles.failure.code === 404) return [];
  ports.log.warn('not looked at', { what: 'aws-auth', error: roles.failure.message });
  return 'unknown';
}
