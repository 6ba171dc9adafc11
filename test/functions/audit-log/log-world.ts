import type { AuditLogPorts } from '../../../functions/audit-log/audit-log-ports.ts';
import { type AuditLogOutput, auditLogTick } from '../../../functions/audit-log/audit-log-tick.ts';
import type { Progress } from '../../../functions/audit-log/run-jobs.ts';
import { createLogsInsights } from '../../../sandbox/aws/logs-insights.ts';
import { createManualClock, type ManualClock } from '../../../sandbox/clock.ts';
import { createTurns } from '../../../shared/adapters/turns.ts';
import type { AuditReport } from '../../../shared/audit/audit-report.ts';
import type { AuditNews } from '../../../shared/audit/render/changes-text.ts';
import { scheduledQueries } from '../../../shared/log-audit/scheduled-queries.ts';
import type { LogType } from '../../../shared/log-query/cluster-logging-port.ts';
import { sandboxLogs } from './sandbox-logs.ts';

export const hourMs = 3_600_000;
const never = new AbortController().signal;
const where = { account: '123456789012', region: 'eu-west-1', partition: 'aws' };
export const groupOf = (cluster: string) => `/aws/eks/${cluster}/cluster`;
const stream = 'kube-apiserver-audit-0123456789abcdef0123456789abcdef';

/** What somebody asks of the API server, as its log has it. */
export function request(
  verb: string,
  resource: string,
  name: string,
  more: { namespace?: string; who?: string; code?: number } = {},
) {
  const { namespace, who = 'jo', code = 200 } = more;
  return {
    ...{ kind: 'Event', stage: 'ResponseComplete', verb, user: { username: who, groups: ['system:authenticated'] } },
    objectRef: { resource, name, ...(namespace && { namespace }) },
    responseStatus: { code },
  };
}
/** What is remembered of the first look at `demo` when nothing of it was read. */
const firstLook = Date.UTC(2026, 10, 20, 11, 50) / 1000;
export const unread = { 'demo/Q20': firstLook, 'demo/Q28': firstLook };
export const deletion = (name: string, who?: string) =>
  request('delete', 'namespaces', name, who === undefined ? {} : { who });
export const awsAuth = (who: string) => request('patch', 'configmaps', 'aws-auth', { namespace: 'kube-system', who });

interface Begun {
  execution: string;
  startedAt: string;
  state: Progress | null;
}

/** The audit of clusters' logs over CloudWatch in memory; its clock stands still between runs. */
export function createLogWorld(
  clusters: readonly string[] = ['demo'],
  queries = ['destructive-deletes', 'aws-auth-changes'],
  cloudTrailLogGroup?: string,
) {
  const clock = createManualClock(Date.UTC(2026, 10, 21, 12));
  const insights = createLogsInsights({ clock });
  const logTypes = new Map<string, readonly LogType[] | 'gone'>(clusters.map((name) => [name, ['audit']]));
  for (const name of clusters) insights.addGroup(groupOf(name), { createdAt: Date.UTC(2026, 0, 1) });
  const told: AuditNews[] = [];
  const metrics: { name: string; value: number }[] = [];
  const written: { level: string; message: string; fields: Record<string, unknown> }[] = [];
  const kept: { report: AuditReport; page: string }[] = [];
  const remembered = new Map<string, string>();
  const texts = new Map<string, string>();
  const line =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}) =>
      void written.push({ level, message, fields });
  const ports: AuditLogPorts = {
    clusterNames: async () => [...logTypes.keys()],
    logging: { logTypes: async (name) => logTypes.get(name) ?? 'gone' },
    logs: sandboxLogs(insights),
    ...{ clock, random: () => 0.5, turn: createTurns({ perSecond: 1_000 }, clock) },
    waivers: async () => undefined,
    texts: { load: async (key) => texts.get(key), save: async (key, text) => void texts.set(key, text) },
    history: {
      recall: async (name) => remembered.get(name),
      keep: async (report, page) => `s3://bucket/${kept.push({ report, page })}.json`,
      remember: async (name, report) => void remembered.set(name, JSON.stringify(report)),
    },
    news: [{ name: 'a topic', tell: async (news) => void told.push(news) }],
    securityHub: undefined,
    log: { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') },
    metrics: { add: (...[name, , value]) => void metrics.push({ name, value }) },
  };
  const wishes = {
    ...{ clusterNames: [] as string[], queries: scheduledQueries(queries, { cloudTrailLogGroup }) },
    ...{ maxGigabytes: 100, cloudTrailLogGroup },
    ...{ firstWindowHours: 24, overlapMinutes: 15, deliveryLagMinutes: 10 },
  };
  let runs = 0;
  const world = {
    ...{ clock, insights, logTypes, told, metrics, written, kept, texts, ports, wishes },
    happens(event: object, cluster = 'demo', agoMs = 0) {
      insights.putEvents(groupOf(cluster), stream, [
        { timestampMs: clock.now() - agoMs, message: JSON.stringify(event) },
      ]);
    },
    /** One tick, which has so long. */
    tick(
      run: { execution: string; startedAt: string; state: Progress | null },
      budgetMs = 270_000,
    ): Promise<AuditLogOutput> {
      const given = { ...run, where };
      return settled(clock, auditLogTick(given, wishes, ports, { endsAt: clock.now() + budgetMs, signal: never }));
    },
    begin: (): Begun => ({ execution: `run-${++runs}`, startedAt: new Date(clock.now()).toISOString(), state: null }),
    /** As the state machine runs it: the number of its ticks. */
    async run(begun: Begun = world.begin(), budgetMs?: number): Promise<number> {
      let [run, ticks] = [begun, 0];
      for (;;) {
        const { done, waitSeconds, state } = await world.tick(run, budgetMs);
        ticks += 1;
        if (done) return ticks;
        run = { ...run, state };
        await clock.advance(waitSeconds * 1000);
      }
    },
    report: () => kept.at(-1)?.report,
    /** Told as new, in the order of the runs. */
    news: () => told.map(({ changes }) => changes.new.map(({ resource }) => resource)),
    metric: (name: string) => metrics.filter((each) => each.name === name).map(({ value }) => value),
    windows: () =>
      JSON.parse(texts.get('audits/audit-log/123456789012/eu-west-1/looked-at.json') ?? '{"until":{}}').until,
  };
  return world;
}

/** What is imported on the way takes time that no manual clock has. */
async function settled<T>(clock: ManualClock, promise: Promise<T>): Promise<T> {
  const state = { over: false };
  const end = () => {
    state.over = true;
  };
  promise.then(end, end);
  while (!state.over) {
    await clock.runUntil(promise).catch(() => undefined);
    if (!state.over) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return promise;
}
