import { coverageQuery, drainEventsQuery } from '../../shared/evidence/evidence-query.ts';
import { ParameterError } from '../../shared/log-insights/parameters.ts';
import type { TimeRange } from '../../shared/log-insights/time-range.ts';
import { brokenTexts } from '../../shared/log-page/missing-parts.ts';
import type { QueryView } from '../../shared/log-page/query-view.ts';
import { withoutUnseen } from '../../shared/log-page/shown-value.ts';
import type { QueryOutcome } from '../../shared/log-query/outcome.ts';
import { CommandError } from '../command-error.ts';
import type { AskedQuery } from '../query/asked-query.ts';
import type { Running } from '../run-command.ts';
import type { EvidenceOptions } from './evidence-options.ts';

export interface ReadLog {
  source: string;
  /** What was asked for; none: all that is in files. */
  range?: TimeRange;
  rows: QueryOutcome['rows'];
  coverage: QueryOutcome['rows'];
  /** Why it is not all there is. */
  cut?: string;
}

/** The events that may be about the node, and what the log covers. Throws a CommandError, and what AWS clients throw. */
export async function readLog(
  node: string,
  options: EvidenceOptions,
  range: TimeRange | undefined,
  running: Running,
): Promise<ReadLog> {
  // In this order: the second asks for less of the log.
  const queries = [asked('evidence', eventsOf(node)), asked('coverage', coverageQuery)] as const;
  const { file } = options;
  if (!file) {
    const { allOverCloudWatch } = await import('../query/over-cloudwatch.ts');
    return logOf(await allOverCloudWatch(queries, options, range, running), []);
  }
  const { allOverFiles } = await import('../query/over-files.ts');
  const both = await allOverFiles(queries, { file }, range, running);
  return logOf(both, (both[0].broken ?? []).flatMap(brokenTexts));
}

type Found = Pick<QueryView, 'source' | 'range' | 'outcome'>;

function logOf([events, minutes]: readonly [Found, Found], broken: readonly string[]): ReadLog {
  const partial = [events, minutes].flatMap(({ outcome }) => (outcome.partial ? [outcome.partial.text] : []));
  const cuts = [...new Set([...partial, ...broken])];
  return {
    source: events.source,
    ...(events.range && { range: events.range }),
    rows: events.outcome.rows,
    coverage: minutes.outcome.rows,
    ...(cuts.length > 0 && { cut: cuts.join('; ') }),
  };
}

function eventsOf(node: string) {
  try {
    return drainEventsQuery(node);
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error;
    throw new CommandError(withoutUnseen(error.message), 'See kubectl get nodes.', { cause: error });
  }
}

function asked(
  name: string,
  { text, streams, mergeable, aggregates }: ReturnType<typeof drainEventsQuery>,
): AskedQuery {
  return { shown: { name, title: name, text, parameters: {} }, streams, mergeable, ...(aggregates && { aggregates }) };
}
