import { fewAtOnce } from '../../shared/hooks/few-at-once.ts';
import { jobKey, type LogRunPlan } from '../../shared/log-audit/log-run.ts';
import { clustersLookedAt, type LookedAt } from '../../shared/log-audit/looked-at.ts';
import { isOfTrail, type ScheduledQuery } from '../../shared/log-audit/scheduled-queries.ts';
import { clusterLogGroup } from '../../shared/log-query/log-group.ts';
import type { LogFacts } from '../../shared/log-query/why-no-log.ts';
import type { AuditLogPorts, AuditLogRun, AuditLogWishes } from './audit-log-ports.ts';
import { type Planned, planQuery } from './plan-query.ts';

const clustersAtOnce = 4;

/** Which log groups there are, and what of them is to be looked at. Throws when clusters cannot be listed; one that cannot be read is a blind spot. */
export async function planRun(
  wishes: AuditLogWishes,
  { startedAt, where: { region } }: AuditLogRun,
  lookedAt: LookedAt,
  ports: AuditLogPorts,
  signal: AbortSignal,
): Promise<LogRunPlan> {
  const { clusterNames, cloudTrailLogGroup } = wishes;
  const [ofTrail, queries] = [wishes.queries.filter(isOfTrail), wishes.queries.filter((each) => !isOfTrail(each))];
  const allClusters = clusterNames.length === 0;
  const listed = allClusters ? await ports.clusterNames(signal) : clusterNames;
  const clusters = [...new Set([...listed, ...(allClusters ? clustersLookedAt(lookedAt) : [])])].sort();
  const nowSeconds = Math.floor(ports.clock.now() / 1000);
  const plan = async (cluster: string, group: string, queries: readonly ScheduledQuery[]): Promise<Planned[]> => {
    try {
      const facts = await readFacts(cluster, group, ports, signal);
      return queries.map((query) => planQuery(query, { cluster, group, region, facts, lookedAt, wishes, nowSeconds }));
    } catch (error) {
      signal.throwIfAborted();
      const text = `it could not be found out whether there is a log: ${error instanceof Error ? error.message : error}`;
      return queries.map(({ id }) => ({ blind: { cluster, query: id, resource: group, code: 'not-readable', text } }));
    }
  };
  const plans = await fewAtOnce(clustersAtOnce, clusters, (name) => plan(name, clusterLogGroup(name), queries));
  if (cloudTrailLogGroup !== undefined && ofTrail.length > 0) plans.push(await plan('', cloudTrailLogGroup, ofTrail));
  const planned: Planned[] = plans.flat();
  const jobs = planned.flatMap(({ job }) => job ?? []);
  jobs.sort((a, b) => a.range.startSeconds - b.range.startSeconds || (jobKey(a) < jobKey(b) ? -1 : 1));
  const blind = planned.flatMap(({ blind }) => blind ?? []);
  const known = new Set([...listed, ...[...jobs, ...blind].map(({ cluster }) => cluster)]);
  return { version: 1, startedAt, clusters: clusters.filter((each) => known.has(each)), allClusters, jobs, blind };
}

async function readFacts(
  name: string,
  group: string,
  { turn, logs, logging }: Pick<AuditLogPorts, 'turn' | 'logs' | 'logging'>,
  signal: AbortSignal,
): Promise<LogFacts> {
  const cluster = name === '' ? undefined : { name, logTypes: await logging.logTypes(name, signal) };
  await turn(signal);
  return { group: await logs.findGroup(group, signal), ...(cluster && { cluster }) };
}
