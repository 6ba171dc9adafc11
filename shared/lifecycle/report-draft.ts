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
    heartbeats: [],
    timeline: [],
    pods: [],
  };
}

/** A report is read by a person: past so many, more of the same are left out. What happened once is always told. */
const mostRoutineEntries = 5000;
const routine: ReadonlySet<string> = new Set([
  'refused',
  'hindered',
  'evicted',
  'gone',
  'attached',
  'cluster-unreachable',
]);
const mostHeartbeats = 1000;

export function noteEntry(
  report: DrainReport,
  what: string,
  text: string,
  now: number,
  pod?: { namespace: string; name: string },
): void {
  if (routine.has(what) && report.timeline.length >= mostRoutineEntries) return;
  report.timeline.push({ at: iso(now), what, text, ...(pod ? { pod: `${pod.namespace}/${pod.name}` } : {}) });
}

export function noteHeartbeat(report: DrainReport, now: number): void {
  if (report.heartbeats.length < mostHeartbeats) report.heartbeats.push(iso(now));
}

/** Takes in what was seen on the node: new pods, changed verdicts, pods that are gone. Returns those that are newly gone. */
export function noteSeen(report: DrainReport, judged: readonly JudgedPod[], now: number): PodRecord[] {
  const records = byUid(report);
  for (const { pod, verdict } of judged) {
    const record = records.get(pod.uid);
    const told = { verdict: verdict.kind, code: verdict.code, reason: verdict.reason };
    if (!record) {
      const { namespace, name, uid, controller } = pod;
      const owned = controller ? { controllerUid: controller.uid } : {};
      report.pods.push({ namespace, name, uid, ...owned, ...told, evictionsTried: 0, causes: [] });
    } else if (verdict.code !== 'terminating' && verdict.kind !== 'ignore') {
      Object.assign(record, told);
    }
  }
  const here = new Set(judged.map(({ pod }) => pod.uid));
  const gone = report.pods.filter((record) => record.goneAt === undefined && !here.has(record.uid));
  for (const record of gone) record.goneAt = iso(now);
  return gone;
}

/** Some webhooks word each refusal anew. */
const mostTextsOfACode = 3;

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
  const alike = record.causes.filter(({ code }) => code === cause.code);
  const last = alike.at(-1);
  if (last && alike.length >= mostTextsOfACode) {
    Object.assign(last, { text: cause.text, lastAt: iso(now), times: last.times + 1 });
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
