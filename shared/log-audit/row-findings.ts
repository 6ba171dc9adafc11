import { type Judged, type Severity, severities } from '../audit/finding.ts';
import { cutTo, oneLine } from '../audit/render/plain-text.ts';
import { checkValues } from '../log-insights/parameters.ts';
import type { Row } from '../log-insights/query.ts';
import { millisecondsIn } from '../log-insights/row-values.ts';
import { askAgain } from './ask-again.ts';
import type { LogJob } from './log-run.ts';
import { sayRange } from './say-range.ts';
import type { ScheduledQuery } from './scheduled-queries.ts';

/** Of one query and cluster: whoever needs more asks the query. */
export const mostFindings = 200;
const mostRows = 5;
const mostCharacters = 500;

type Job = Pick<LogJob, 'cluster' | 'group' | 'range'>;

interface Group {
  severity: Severity;
  resource: string;
  matter: string;
  rows: Row[];
}

/**
 * The rows that the query's rule calls findings, those of the same matter together. How bad it is belongs to the matter, so that what gets worse
 * is news; how often and when do not, so that what goes on is not.
 */
export function rowFindings(query: ScheduledQuery, rows: readonly Row[], job: Job): Judged[] {
  const groups = [...groupsOf(query, rows).values()];
  groups.sort((a, b) => rank(a) - rank(b) || (nameOf(a) < nameOf(b) ? -1 : 1));
  const shown = groups.slice(0, mostFindings).map((each) => judgedOf(query, each, job));
  const [next] = groups.slice(mostFindings);
  if (!next) return shown;
  const text = `${query.title}: ${groups.length - mostFindings} more than the ${mostFindings} that are shown, ${sayRange(job.range)}`;
  return [
    ...shown,
    {
      ...statusOf(next.severity),
      resource: job.group,
      matter: 'more',
      text,
      evidence: { lastSeen: at(job.range.endSeconds * 1000), query: askAgain(query, job) },
    },
  ];
}

function groupsOf({ parameters, severity, finding }: ScheduledQuery, rows: readonly Row[]): Map<string, Group> {
  const values = checkValues(parameters, {});
  const groups = new Map<string, Group>();
  const seen = new Set<string>();
  for (const row of rows) {
    const bad = severity.of(row, values);
    const event = eventOf(row);
    if (bad === undefined || (event !== undefined && seen.has(event))) continue;
    if (event !== undefined) seen.add(event);
    const group = {
      severity: bad,
      resource: plain(finding.resource(row)),
      matter: plain(`${bad}: ${finding.matter(row)}`),
    };
    const known = groups.get(nameOf(group));
    if (known) known.rows.push(row);
    else groups.set(nameOf(group), { ...group, rows: [row] });
  }
  return groups;
}

/**
 * The same event may be delivered twice, at two places of the log. Its id alone does not tell: a client may give its own to all it asks.
 * https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/
 */
function eventOf({ '@ptr': ptr, ...row }: Row): string | undefined {
  if (row.auditID !== undefined) return JSON.stringify(row);
  return ptr === undefined ? undefined : JSON.stringify([ptr, row]);
}

function judgedOf(query: ScheduledQuery, { severity, resource, matter, rows }: Group, job: Job): Judged {
  const { title, finding } = query;
  const instant = (row: Row) => {
    const milliseconds = millisecondsIn(row, finding.seen);
    return Number.isNaN(milliseconds) ? job.range.endSeconds * 1000 : milliseconds;
  };
  const newest = rows.toSorted((a, b) => instant(b) - instant(a));
  const lastSeen = at(Math.max(...newest.slice(0, 1).map(instant)));
  const times = rows.length === 1 ? '' : `, ${rows.length} rows of the log`;
  return {
    ...statusOf(severity),
    ...{ resource, matter },
    text: `${title}: ${matter.slice(severity.length + 2)}${times}, last at ${lastSeen}`,
    evidence: {
      lastSeen,
      found: rows.length,
      query: askAgain(query, job),
      rows: newest.slice(0, mostRows).map(shownRow),
    },
  };
}

function shownRow(row: Row): Row {
  const columns = Object.entries(row).filter(([column]) => column !== '@ptr');
  return Object.fromEntries(columns.map(([column, text]) => [column, cutTo(text, mostCharacters)]));
}

const statusOf = (severity: Severity) =>
  ({ status: severity === 'critical' || severity === 'high' ? 'FAIL' : 'WARN', severity }) as const;
const plain = (text: string) => cutTo(oneLine(text), mostCharacters) || '-';
const nameOf = ({ resource, matter }: Pick<Group, 'resource' | 'matter'>) => `${resource}\n${matter}`;
const rank = ({ severity }: Group) => severities.indexOf(severity);
const at = (milliseconds: number) => new Date(milliseconds).toISOString();
