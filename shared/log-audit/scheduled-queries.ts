import { type CheckInfo, severities } from '../audit/finding.ts';
import { catalogue, findQuery } from '../log-insights/catalogue.ts';
import type { CatalogueQuery, FindingWords, SeverityRule } from '../log-insights/query.ts';

/** A query whose rows can be findings. */
export type ScheduledQuery = CatalogueQuery & { severity: SeverityRule; finding: FindingWords };

/** All that a run can ask, those of CloudTrail included, whose log is no cluster's. */
export const schedulable: readonly ScheduledQuery[] = catalogue.filter(isScheduled);

/** Asks the log of CloudTrail: once for all clusters, which its rows name. */
export const isOfTrail = ({ streams }: Pick<ScheduledQuery, 'streams'>): boolean => streams.includes('cloudtrail');

/**
 * Those of these ids or names, each once; all that can be asked when there are none. Throws what is wrong with every name that there is no such
 * query for.
 */
export function scheduledQueries(
  names: readonly string[],
  { cloudTrailLogGroup }: { cloudTrailLogGroup?: string | undefined } = {},
): readonly ScheduledQuery[] {
  const asksFor = (query: ScheduledQuery) => cloudTrailLogGroup !== undefined || !isOfTrail(query);
  if (names.length === 0) return schedulable.filter(asksFor);
  const problems = names.flatMap((name) => {
    const query = findQuery(name);
    if (!query) return [`${name} is no query`];
    if (!isScheduled(query)) return [`${query.id} ${query.name} tells no finding`];
    return asksFor(query) ? [] : [`${query.id} ${query.name} needs ENL_CLOUDTRAIL_LOG_GROUP`];
  });
  if (problems.length > 0) {
    const all = schedulable.map(({ name }) => name).join(', ');
    throw new Error(`ENL_QUERIES: ${problems.join('; ')}; expected some of ${all}, or their ids`);
  }
  const wished = new Set(names.map((name) => findQuery(name)?.id));
  return schedulable.filter(({ id }) => wished.has(id));
}

const docs = 'https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html';

/** A query as reports call it; the words of its rule begin with the worst that it finds. */
export function checkOf({ id, title, severity: { when } }: ScheduledQuery): CheckInfo {
  return { id: `LOG-${id}`, severity: severities.find((each) => when.startsWith(`${each}:`)) ?? 'high', title, docs };
}

function isScheduled(query: CatalogueQuery): query is ScheduledQuery {
  return query.severity !== undefined && query.finding !== undefined;
}
