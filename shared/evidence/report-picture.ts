import type { DrainReport } from '../lifecycle/report.ts';
import { deletesInstead } from './claims-of.ts';
import type { DrainPicture, PodPicture } from './drain-picture.ts';

/** A report as the same picture that the log is made into. */
export function reportPicture(report: DrainReport): DrainPicture {
  const { startedAt, endedAt, timeline } = report;
  const at = (what: string) => {
    const entry = timeline.find((each) => each.what === what);
    return entry && Date.parse(entry.at);
  };
  const cordonedAt = at('marked');
  const uncordonedAt = at('undone');
  const isLabelled = timeline.some(({ what, text }) => what === 'marked' && text.includes('leaves its load balancers'));
  const last = endedAt ?? timeline.at(-1)?.at ?? startedAt;
  return {
    actor: { user: '', agent: '', name: 'the report' },
    source: 'report',
    firstAt: Date.parse(startedAt),
    lastAt: Date.parse(last),
    ...(cordonedAt === undefined ? {} : { cordonedAt }),
    ...(cordonedAt === undefined || !isLabelled ? {} : { labelledAt: cordonedAt }),
    ...(uncordonedAt === undefined ? {} : { uncordonedAt }),
    pods: report.pods.flatMap((pod) => podPicture(pod, report)).sort((a, b) => a.firstAt - b.firstAt),
  };
}

function podPicture(pod: DrainReport['pods'][number], report: DrainReport): PodPicture[] {
  const name = `${pod.namespace}/${pod.name}`;
  const entries = report.timeline.filter(
    (entry) => entry.pod === name && (entry.what === 'evicted' || entry.what === 'refused'),
  );
  const refusals = pod.causes.filter(({ code }) => refusalCodes.includes(code));
  const instants = [
    pod.evictedAt,
    pod.forcedAt,
    ...entries.map(({ at }) => at),
    ...pod.causes.flatMap(({ firstAt, lastAt }) => [firstAt, lastAt]),
  ]
    .flatMap((text) => (text === undefined ? [] : [Date.parse(text)]))
    .sort((a, b) => a - b);
  const [first, last] = [instants[0], instants.at(-1)];
  if (first === undefined || last === undefined) return [];
  const isDeleted = deletesInstead(report) && pod.evictedAt !== undefined;
  const deletedAt = pod.forcedAt ?? (isDeleted ? pod.evictedAt : undefined);
  const cause = refusals.at(-1)?.text;
  return [
    {
      name,
      tries: pod.evictionsTried,
      refused: refusals.reduce((sum, { times }) => sum + times, 0),
      firstAt: first,
      lastAt: last,
      ...(pod.evictedAt !== undefined && !isDeleted ? { evictedAt: Date.parse(pod.evictedAt) } : {}),
      ...(deletedAt === undefined
        ? {}
        : { deletedAt: Date.parse(deletedAt), past: isDeleted ? ('unasked' as const) : ('refusal' as const) }),
      codes: [],
      ...(cause === undefined ? {} : { cause }),
    },
  ];
}

/** What the log counts as refused, too. */
const refusalCodes: readonly string[] = [
  'budget',
  'budget-not-processed',
  'overload',
  'two-budgets',
  'webhook-down',
  'namespace-terminating',
  'missing-right',
  'admission',
];
