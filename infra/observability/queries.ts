/** The logs that a query reads. */
export type QueriedLogs = 'drains' | 'launches' | 'manual' | 'intake' | 'audits' | 'logAudit' | 'all';

export interface SavedQuery {
  name: string;
  logs: QueriedLogs;
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html */
  lines: readonly string[];
}

/** What is asked again and again. A query is saved with the first value to put in as an example: instance and cluster are to be replaced. */
export const savedQueries: readonly SavedQuery[] = [
  {
    name: 'One instance: everything about it',
    logs: 'all',
    lines: [
      'fields @timestamp, service, level, message, node, pod, text, end.reason, outcome, error, execution',
      'filter instance = "i-0123456789abcdef0"',
      'sort @timestamp asc',
      'limit 1000',
    ],
  },
  {
    name: 'Drains that need you',
    logs: 'drains',
    lines: [
      'fields @timestamp, cluster, group, node, instance, end.reason, end.text, report, execution',
      'filter message = "drain ended" and level = "ERROR"',
      'sort @timestamp desc',
      'limit 200',
    ],
  },
  {
    name: 'Drains by cluster and end',
    logs: 'drains',
    lines: [
      'filter message = "drain ended"',
      'stats count(*) as drains, pct(seconds, 50) as p50, pct(seconds, 90) as p90, max(seconds) as slowest, sum(counts.forced) as forced by cluster, end.reason',
      'sort drains desc',
    ],
  },
  {
    name: 'Slowest drains',
    logs: 'drains',
    lines: [
      'fields @timestamp, seconds, ticks, counts.evicted, counts.blocked, counts.forced, cluster, node, instance, end.reason, report',
      'filter message = "drain ended"',
      'sort seconds desc',
      'limit 50',
    ],
  },
  {
    name: 'Slowest to be cordoned',
    logs: 'drains',
    lines: [
      'fields @timestamp, seconds, cluster, node, instance, deadline, execution',
      'filter message = "node marked"',
      'sort seconds desc',
      'limit 50',
    ],
  },
  {
    name: 'What blocks evictions',
    logs: 'drains',
    lines: [
      'filter message = "eviction refused"',
      'stats count_distinct(pod) as pods, count_distinct(drain) as drains, latest(text) as lastText by cluster, cause',
      'sort pods desc',
    ],
  },
  {
    name: 'Pods deleted past their budgets',
    logs: 'drains',
    lines: [
      'fields @timestamp, cluster, node, pod, text, instance, execution',
      'filter message = "pod deleted past its budget"',
      'sort @timestamp desc',
      'limit 500',
    ],
  },
  {
    name: 'Launches that need you',
    logs: 'launches',
    lines: [
      'fields @timestamp, cluster, group, instance, node, end.reason, end.code, end.text, end.fix, execution',
      'filter message = "launch ended" and level = "ERROR"',
      'sort @timestamp desc',
      'limit 200',
    ],
  },
  {
    name: 'Launches by cluster and end',
    logs: 'launches',
    lines: [
      'filter message = "launch ended"',
      'stats count(*) as launches, pct(seconds, 50) as p50, pct(seconds, 90) as p90, max(seconds) as slowest by cluster, end.reason',
      'sort launches desc',
    ],
  },
  {
    name: 'Drains by hand: what was asked',
    logs: 'manual',
    lines: [
      'fields @timestamp, action, cluster, request, level, code, text',
      'filter message = "manual request"',
      'sort @timestamp desc',
      'limit 500',
    ],
  },
  {
    name: 'Drains by hand: what became of nodes',
    logs: 'manual',
    lines: [
      'fields @timestamp, cluster, request, node, instance, outcome, text',
      'filter message = "manual step" and ispresent(outcome)',
      'sort @timestamp desc',
      'limit 500',
    ],
  },
  {
    name: 'Clusters in trouble',
    logs: 'all',
    lines: [
      'filter message = "cluster trouble"',
      'stats count_distinct(instance) as instances, earliest(@timestamp) as since, latest(text) as lastText by cluster, kind, service',
      'sort instances desc',
    ],
  },
  {
    name: 'Events by outcome',
    logs: 'intake',
    lines: [
      'filter message = "event taken"',
      'stats count(*) as events, latest(text) as lastText by outcome, reason, kind, channel',
      'sort events desc',
    ],
  },
  {
    name: 'Audit findings',
    logs: 'audits',
    lines: [
      'fields @timestamp, service, severity, status, id, cluster, resource, reason, remediation.command',
      'filter message = "audit finding"',
      'sort @timestamp desc',
      'limit 500',
    ],
  },
  {
    name: 'What queries of logs have cost',
    logs: 'logAudit',
    lines: [
      'fields @timestamp, bytesScanned, usd, seconds, complete, new, resolved, report, execution',
      'filter message = "audit ended" and ispresent(usd)',
      'sort @timestamp desc',
      'limit 200',
    ],
  },
  {
    name: 'Calls of AWS that were repeated',
    logs: 'all',
    lines: [
      'filter message = "call repeated"',
      'stats count(*) as calls, max(attempts) as mostAttempts, latest(@timestamp) as lastAt by service, client, command, error',
      'sort calls desc',
    ],
  },
  {
    name: 'Warnings and errors',
    logs: 'all',
    lines: [
      'fields @timestamp, service, level, message, instance, node, error, text, execution',
      'filter level in ["WARN", "ERROR"] or @message like /Task timed out|Runtime exited|errorType/',
      'sort @timestamp desc',
      'limit 500',
    ],
  },
];
