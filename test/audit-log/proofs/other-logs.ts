import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogEvent } from '../../../shared/log-insights-ql/log-event.ts';
import { componentLog, timedLines } from '../find.ts';
import { type Logs, samples } from '../logs.ts';
import { type Expected, isEviction } from './proof.ts';

export interface OtherProof {
  events: AsyncIterable<LogEvent>;
  wanted: Expected[];
}

/** Lines of klog do not have it. */
const yearOf = ({ done }: Pick<Logs, 'done'>) => new Date(done[0]?.at ?? 0).getUTCFullYear();
const host = '0123456789abcdef';
const sample = (name: string) =>
  readFileSync(join(samples, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

async function* linesAt(
  lines: readonly string[],
  logStream: string,
  instantOf: (line: string) => string,
): AsyncGenerator<LogEvent> {
  let number = 0;
  for (const message of lines)
    yield { timestampMs: Date.parse(instantOf(message)), message, logStream, ptr: `${logStream}:${++number}` };
}

const authenticator = () =>
  linesAt(sample('authenticator.log'), `authenticator-${host}`, (line) => /time="([^"]+)"/.exec(line)?.[1] ?? '');
const trail = () =>
  linesAt(
    records.map((record) => JSON.stringify(record)),
    '111122223333_CloudTrail_eu-west-1',
    (line) => JSON.parse(line).eventTime,
  );
interface TrailRecord {
  eventTime: string;
  eventName: string;
  userIdentity: { arn: string };
  sourceIPAddress: string;
  errorCode?: string;
  requestParameters: { name?: string; principalArn?: string; policyArn?: string } | null;
}
const { Records: records } = JSON.parse(readFileSync(join(samples, 'cloudtrail.json'), 'utf8')) as {
  Records: TrailRecord[];
};
const changes = records
  .filter(({ eventName }) => /Access(Entry|Policy)$|ClusterConfig|PodIdentityAssociation/.test(eventName))
  .map(({ eventTime, eventName, userIdentity, sourceIPAddress, errorCode, requestParameters }) => ({
    '@timestamp': Date.parse(eventTime),
    eventName,
    who: userIdentity.arn,
    ip: sourceIPAddress,
    errorCode,
    cluster: requestParameters?.name,
    principal: requestParameters?.principalArn,
    policy: requestParameters?.policyArn,
  }));
/** Of the queries that read other logs than the audit log: the columns that are told from elsewhere. */
export const otherProofs: Readonly<Record<string, (logs: Logs) => OtherProof>> = {
  Q21: () => ({
    events: trail(),
    wanted: changes,
  }),
  Q30: () => ({
    events: authenticator(),
    wanted: [
      { arn: 'arn:aws:iam::111122223333:role/developers', n: 2, last: Date.parse('2026-11-21T21:17:09Z') },
      { arn: 'arn:aws:iam::111122223333:role/nodes', n: 1, last: Date.parse('2026-11-21T21:18:47Z') },
      { n: 1, last: Date.parse('2026-11-21T21:19:31Z') },
    ],
  }),
  Q31: () => ({
    events: authenticator(),
    wanted: [
      { endpoint: 'sts.eu-west-1.amazonaws.com', arn: 'arn:aws:sts::111122223333:assumed-role/platform/ana', n: 1 },
      { endpoint: 'sts.amazonaws.com', arn: 'arn:aws:sts::111122223333:assumed-role/insights/check', n: 2 },
    ],
  }),
  // Whoever calls nobody at 127.0.0.1:1 is refused the connection; each call is one failure.
  Q40: ({ acts, apiServer, done }) => {
    const refused = (prefix: string) => acts.filter((act) => isEviction(act) && act.name?.startsWith(prefix)).length;
    const missed = done.filter(({ annotations }) => Object.values(annotations).includes('inject.example.com')).length;
    const c = 'connection refused';
    return {
      events: componentLog(apiServer, `kube-apiserver-${host}`, yearOf({ done })),
      wanted: [
        { webhook: 'closed.contract.example.com', m: 'closed', c, n: refused('closed-') },
        { webhook: 'opened.contract.example.com', m: 'open', c, n: refused('opened-') },
        { webhook: 'inject.example.com', m: 'open', c, n: missed },
      ],
    };
  },
  Q52: ({ scheduler, acts, done }) => ({
    events: componentLog(scheduler, `kube-scheduler-${host}`, yearOf({ done })),
    wanted: acts
      .filter(({ name, verb, resource }) => name === 'homeless' && verb === 'create' && resource === 'pods')
      .map(({ ns, name }) => ({ pod: `${ns}/${name}` })),
  }),
  Q53: ({ apiServer, done }) => {
    const lines = timedLines(apiServer, yearOf({ done }));
    const full = lines.filter(({ message }) => message.includes('mvcc: database space exceeded'));
    const bins = counted(full.map(({ at }) => at - (at % 300_000)));
    return {
      events: componentLog(apiServer, `kube-apiserver-${host}`, yearOf({ done })),
      wanted: bins.map(([bin, n]) => ({ what: 'database space exceeded', n, 'bin(5m)': bin })),
    };
  },
};

function counted<T>(values: readonly T[]): [T, number][] {
  return [...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length]);
}
