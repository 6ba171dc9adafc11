import { createLogGroup, listClusters, listLogGroups, switchOnLogging } from '../log-insights/log-group-commands.ts';
import type { Stream } from '../log-insights/query.ts';
import type { TimeRange } from '../log-insights/time-range.ts';
import type { LogType } from './cluster-logging-port.ts';
import type { LogGroup } from './logs-port.ts';

/** What a query needs of a log. */
export interface WantedLog {
  groupName: string;
  /** None: whatever there is. */
  streams: readonly Stream[];
  /** Fields of the query that only JSON discovery can fill; asked where a group's class has none. */
  discoveredFields: () => readonly string[];
  range?: TimeRange;
  /** For the commands. */
  region?: string;
}

/** What AWS says of it. */
export interface LogFacts {
  group: LogGroup | undefined;
  /** undefined: the group is no cluster's, for example CloudTrail's. */
  cluster?: { name: string; logTypes: readonly LogType[] | 'gone' };
}

/** Why an empty result would be no answer. */
export interface NoLog {
  code:
    | 'no-such-cluster'
    | 'logging-off'
    | 'no-log-group'
    | 'infrequent-access'
    | 'delivery-class'
    | 'before-log-group';
  text: string;
  /** For a shell. */
  command?: string;
  /** Nothing new is written, and what was written before can still be queried: rows are an answer, no rows are none. */
  holdsOlder?: true;
}

const logTypeOf: Partial<Record<Stream, LogType>> = {
  audit: 'audit',
  apiserver: 'api',
  authenticator: 'authenticator',
  scheduler: 'scheduler',
};

/** undefined: it may be queried, and what it does not hold did not happen. */
export function whyNoLog(wanted: WantedLog, { group, cluster }: LogFacts): NoLog | undefined {
  const written = cluster && notWritten(wanted, cluster, group !== undefined);
  if (!group) return written ?? noGroup(wanted, cluster !== undefined);
  return ofClass(wanted, group) ?? beforeGroup(wanted, group) ?? (written && { ...written, holdsOlder: true });
}

/** https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html */
function notWritten(
  { groupName, streams, region }: WantedLog,
  { name, logTypes }: NonNullable<LogFacts['cluster']>,
  exists: boolean,
): NoLog | undefined {
  if (logTypes === 'gone')
    return {
      code: 'no-such-cluster',
      text: `EKS knows no cluster ${name}${where(region)}${exists ? `; log group ${groupName} has outlived it` : ''}`,
      command: listClusters(region),
    };
  const needed = streams.flatMap((stream) => logTypeOf[stream] ?? []);
  const missing = needed.filter((type) => !logTypes.includes(type));
  if (needed.length === 0 && logTypes.length === 0) missing.push('audit');
  if (missing.length === 0) return undefined;
  const types = [...new Set(missing)];
  return {
    code: 'logging-off',
    text: `control-plane logging of cluster ${name} is switched off for ${types.join(', ')}${exists ? `; log group ${groupName} can only hold what was logged before` : ''}`,
    command: switchOnLogging(name, types, region),
  };
}

function noGroup({ groupName, region }: WantedLog, isClusters: boolean): NoLog {
  const text = `there is no log group ${groupName}${where(region)}`;
  if (!isClusters) return { code: 'no-log-group', text, command: listLogGroups(groupName, region) };
  return {
    code: 'no-log-group',
    text: `${text}, although control-plane logging is switched on: it comes with the first entries, minutes after that; if it was deleted, it can be created again`,
    command: createLogGroup(groupName, region),
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html */
function ofClass({ discoveredFields, region }: WantedLog, group: LogGroup): NoLog | undefined {
  if (group.class === 'STANDARD') return undefined;
  const another = `A group's class cannot be changed: only when this group is deleted, with all it holds, can one of class STANDARD take its name`;
  const command = createLogGroup(group.name, region);
  if (group.class === 'DELIVERY') {
    const text = `log group ${group.name} is of class DELIVERY, which cannot be queried. ${another}`;
    return { code: 'delivery-class', text, command };
  }
  const fields = discoveredFields();
  if (fields.length === 0) return undefined;
  const named = `${fields.slice(0, 3).join(', ')}${fields.length > 3 ? ` and ${fields.length - 3} more` : ''}`;
  const text = `log group ${group.name} is of class ${group.class}, where no fields are discovered, and the query reads ${named}: it would find nothing. Queries that only parse @message can run. ${another}`;
  return { code: 'infrequent-access', text, command };
}

/** CloudWatch refuses such a query as malformed. */
function beforeGroup({ range }: WantedLog, { name, createdAt }: LogGroup): NoLog | undefined {
  if (!range || range.endSeconds * 1000 + 999 >= createdAt) return undefined;
  const text = `log group ${name} was created at ${new Date(createdAt).toISOString()}, after the end of the range, ${new Date(range.endSeconds * 1000).toISOString()}`;
  return { code: 'before-log-group', text };
}

const where = (region: string | undefined) => (region === undefined ? '' : ` in ${region}`);
