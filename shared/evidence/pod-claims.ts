import type { DrainReport, PodRecord, TimelineEntry } from '../lifecycle/report.ts';
import type { Claim } from './claim.ts';

type Answer = Pick<Claim, 'fits' | 'codes' | 'mayBeMissing'>;

const accepted: Answer = { fits: (code) => code >= 200 && code < 300, codes: '2xx' };
const failed: Answer = { fits: (code) => code >= 400, codes: '4xx or 5xx' };
const one = (...all: number[]): Answer => ({ fits: (code) => all.includes(code), codes: all.join(' or ') });

/** What the server answers where the drain notes such a cause: https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/ */
const answers: Readonly<Record<string, Answer>> = {
  budget: one(429),
  'budget-not-processed': one(429),
  overload: one(429),
  'two-budgets': one(500),
  'webhook-down': one(500),
  conflict: one(409),
  'namespace-terminating': one(403),
  // Who is not known has no name in the log.
  'missing-right': { ...one(401, 403), mayBeMissing: true },
  admission: failed,
  terminating: failed,
  // No answer, or none that says what became of it.
  trouble: { fits: () => true, codes: 'any', mayBeMissing: true },
};

/** What the report says was asked about one pod. */
export function podClaims(pod: PodRecord, report: DrainReport, disableEviction: boolean): Claim[] {
  const about = `${pod.namespace}/${pod.name}`;
  const span = { from: Date.parse(report.startedAt), to: Date.parse(report.endedAt ?? '') || Number.POSITIVE_INFINITY };
  const base = { about, uid: pod.uid };
  const entries = report.timeline.filter((entry) => isAbout(entry, pod, report));
  const evictedAt = [...new Set(entries.filter(({ what }) => what === 'evicted').map(({ at }) => at))];
  if (pod.evictedAt !== undefined && !evictedAt.includes(pod.evictedAt)) evictedAt.push(pod.evictedAt);
  const evicted: Claim[] = evictedAt.map((at) => ({
    ...base,
    kind: 'evicted',
    ...instant(at),
    ...accepted,
    text: disableEviction ? 'its delete was accepted' : 'its eviction was accepted',
  }));
  const isLast = pod.code === 'daemonset-evict-last';
  const refusedLast: Claim[] = entries
    .filter(({ what }) => isLast && what === 'refused')
    .map(({ at, text }) => ({ ...base, kind: 'tried', ...instant(at), ...failed, mayBeMissing: true, text }));
  const refused = pod.causes.flatMap((cause) => causeClaims(cause, base));
  const known =
    evicted.length + pod.causes.reduce((sum, { code, times }) => sum + (Object.hasOwn(answers, code) ? times : 0), 0);
  // It was gone, or on its way already: nothing is noted but the try.
  const others = Array.from(
    { length: Math.max(0, pod.evictionsTried - known) },
    (): Claim => ({
      ...base,
      kind: 'tried',
      ...span,
      ...failed,
      text: 'it was asked to go, and was on its way already',
    }),
  );
  return [...evicted, ...refusedLast, ...refused, ...others, ...forceClaims(pod, entries, base, span)];
}

/** One for each time: the first and the last at their instants, those between in between. */
function causeClaims(
  { code, text, firstAt, lastAt, times }: PodRecord['causes'][number],
  base: Pick<Claim, 'about' | 'uid'>,
): Claim[] {
  const answer = Object.hasOwn(answers, code) ? answers[code] : undefined;
  if (!answer) return [];
  const between = { from: Date.parse(firstAt), to: Date.parse(lastAt) };
  return Array.from({ length: times }, (_, index): Claim => {
    const when = index === 0 ? instant(firstAt) : index === times - 1 ? instant(lastAt) : between;
    return { ...base, kind: 'tried', ...when, ...answer, text: `it was refused: ${text}` };
  });
}

/** A turn is as fresh as this when its pod is deleted, and the delete is noted within it. */
const turnMilliseconds = 60_000;

function forceClaims(
  pod: PodRecord,
  entries: readonly TimelineEntry[],
  base: Pick<Claim, 'about' | 'uid'>,
  span: { from: number; to: number },
): Claim[] {
  const tried = (code: string, answer: Answer): Claim[] =>
    pod.causes
      .filter((cause) => cause.code === code)
      .flatMap(({ firstAt, lastAt, times, text }) =>
        Array.from(
          { length: times },
          (): Claim => ({
            ...base,
            kind: 'delete-tried',
            from: Date.parse(firstAt),
            to: Date.parse(lastAt),
            ...answer,
            mayBeMissing: true,
            text,
          }),
        ),
      );
  const lost = tried('unanswered', { fits: () => true, codes: 'any' });
  const refused = tried('refused', failed);
  if (pod.forcedAt === undefined) return [...lost, ...refused];
  const done = entries.findLast(({ what }) => what === 'forced');
  const past = (pod.forcedPast ?? []).join(' and ');
  const forced: Claim = {
    ...base,
    kind: 'forced',
    from: Date.parse(pod.forcedAt),
    to: done ? Date.parse(done.at) : span.to,
    ...(done
      ? { fits: (code: number) => accepted.fits(code) || code >= 500, codes: '2xx' }
      : { ...failed, codes: '404 or 409' }),
    ...(lost.length > 0 ? { mayBeMissing: true as const } : {}),
    text: past === '' ? 'it was deleted past its refusal' : `it was deleted past ${past}`,
  };
  const turns = (pod.forcedPast ?? []).map(
    (budget): Claim => ({
      ...base,
      kind: 'turn',
      from: Date.parse(pod.forcedAt ?? '') - turnMilliseconds,
      to: Date.parse(done?.at ?? pod.forcedAt ?? ''),
      ...accepted,
      text: `the turn of ${budget} was taken, by its Lease, before the delete`,
    }),
  );
  return [forced, ...turns, ...lost, ...refused];
}

/** Pods of a StatefulSet follow each other under one name: an entry is about the one that was there. */
function isAbout(
  { pod, at }: TimelineEntry,
  { namespace, name, goneAt, uid }: PodRecord,
  { pods }: DrainReport,
): boolean {
  if (pod !== `${namespace}/${name}`) return false;
  const namesakes = pods.filter((each) => each.namespace === namespace && each.name === name);
  if (namesakes.length < 2) return true;
  const there = namesakes.find((each) => each.goneAt === undefined || at <= each.goneAt) ?? namesakes.at(-1);
  return there?.uid === uid && (goneAt === undefined || at <= goneAt);
}

export function instant(at: string): { from: number; to: number } {
  return { from: Date.parse(at), to: Date.parse(at) };
}
