import type { LifecycleAction } from './action.ts';
import type { Cause } from './causes.ts';
import type { JudgedPod } from './decide.ts';
import type { DrainReport, PodRecord } from './report.ts';

/** Notes in a report what happened, as it happens. `now` is epoch milliseconds. */
export function newReport(execution: string, action: LifecycleAction, now: number): DrainReport {
  return {
    version: 1,
    execution,
    action,
    cluster: undefined,
    node: undefined,
    startedAt: iso(now),
    deadlineAt: undefined,
    endedAt: undefined,
    end: undefined,
    timeline: [],
    pods: [],
  };
}

/** A report is read by a person: past this many entries only counts and pods go on growing. */
const mostEntries = 5000;

export function noteEntry(
  report: DrainReport,
  what: string,
  text: string,
  now: number,
  pod?: { namespace: string; name: string },
): void {
  if (report.timeline.length >= mostEntries) return;
  report.timeline.push({ at: iso(now), what, text, ...(pod ? { pod: `${pod.namespace}/${pod.name}` } : {}) });
}

/** Takes in what was seen on the node: new pods, changed verdicts, pods that are gone. Returns those that are newly gone. */
export function noteSeen(report: DrainReport, judged: readonly JudgedPod[], now: number): PodRecord[] {
  const records = byUid(report);
  for (const { pod, verdict } of judged) {
    const record = records.get(pod.uid);
    const told = { verdict: verdict.kind, code: verdict.code, reason: verdict.reason };
    if (!record) {
      const { namespace, name, uid } = pod;
      report.pods.push({ namespace, name, uid, ...told, evictionsTried: 0, causes: [] });
    } else if (verdict.code !== 'terminating' && verdict.kind !== 'ignore') {
      Object.assign(record, told);
    }
  }
  const here = new Set(judged.map(({ pod }) => pod.uid));
  const gone = report.pods.filter((record) => record.goneAt === undefined && !here.has(record.uid));
  for (const record of gone) record.goneAt = iso(now);
  return gone;
}

/** Returns whether this cause is new for the pod. */
export function noteCause(report: DrainReport, uid: string, cause: Cause, now: number): boolean {
  const record = byUid(report).get(uid);
  if (!record) return false;
  const known = record.causes.find(({ code, text }) => code === cause.code && text === cause.text);
  if (known) {
    known.lastAt = iso(now);
    known.times += 1;
    return false;
  }
  record.causes.push({ ...cause, firstAt: iso(now), lastAt: iso(now), times: 1 });
  return true;
}

export function changeRecord(report: DrainReport, uid: string, change: (record: PodRecord) => void): void {
  const record = byUid(report).get(uid);
  if (record) change(record);
}

export function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function byUid(report: DrainReport): Map<string, PodRecord> {
  return new Map(report.pods.map((record) => [record.uid, record]));
}
