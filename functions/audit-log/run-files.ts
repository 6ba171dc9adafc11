import type { TextsPort } from '../../shared/adapters/s3-texts.ts';
import { logAudit } from '../../shared/log-audit/log-report.ts';
import { type EndedJob, jobKey, type LogJob, type LogRunPlan } from '../../shared/log-audit/log-run.ts';
import type { LookedAt } from '../../shared/log-audit/looked-at.ts';
import type { KeptPart } from '../../shared/log-query/put-together.ts';
import type { QueryState } from '../../shared/log-query/query-state.ts';
import type { Log } from '../../shared/ports.ts';
import type { AuditLogRun } from './audit-log-ports.ts';

/** A job between two ticks; its queries may go on. */
export interface OpenJob {
  job: LogJob;
  state: QueryState;
  parts: KeptPart[];
}

export interface RunFiles {
  plan: {
    load(signal: AbortSignal): Promise<LogRunPlan | undefined>;
    save(plan: LogRunPlan, signal: AbortSignal): Promise<void>;
  };
  /** undefined: nobody has begun it. */
  loadJob(job: LogJob, signal: AbortSignal): Promise<OpenJob | EndedJob | undefined>;
  saveJob(job: OpenJob | EndedJob, signal: AbortSignal): Promise<void>;
  /** Of all runs. */
  lookedAt: {
    load(signal: AbortSignal): Promise<LookedAt>;
    save(lookedAt: LookedAt, signal: AbortSignal): Promise<void>;
  };
}

/** Under `audits/audit-log/<account>/<region>/`: what all runs know, and under `runs/<execution>/` what one is at. */
export function runFiles({ execution, where: { account, region } }: AuditLogRun, texts: TextsPort, log: Log): RunFiles {
  const root = `audits/${logAudit}/${account}/${region}`;
  const run = `${root}/runs/${execution}`;
  const load = async <T>(key: string, signal: AbortSignal) => {
    const text = await texts.load(`${key}.json`, signal);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  };
  const save = (key: string, value: unknown, signal: AbortSignal) =>
    texts.save(`${key}.json`, JSON.stringify(value), signal);
  return {
    plan: {
      load: (signal) => load<LogRunPlan>(`${run}/plan`, signal),
      save: (plan, signal) => save(`${run}/plan`, plan, signal),
    },
    loadJob: (job, signal) => load(`${run}/${jobKey(job)}`, signal),
    saveJob: (each, signal) => save(`${run}/${jobKey(each.job)}`, each, signal),
    lookedAt: {
      load: async (signal) => {
        const text = await texts.load(`${root}/looked-at.json`, signal);
        const known = text === undefined ? {} : readLookedAt(text);
        if (!known) log.error('what was looked at is not known: every cluster is looked at as if for the first time');
        return known ?? {};
      },
      save: (lookedAt, signal) => save(`${root}/looked-at`, { version: 1, until: lookedAt }, signal),
    },
  };
}

function readLookedAt(text: string): LookedAt | undefined {
  try {
    const { version, until } = JSON.parse(text);
    const isWhole = version === 1 && Object.values(until).every((seconds) => Number.isSafeInteger(seconds));
    return isWhole ? until : undefined;
  } catch {
    return undefined; // not even JSON
  }
}
