import { causeOf, describeCauses } from '../lifecycle/causes.ts';
import type { JudgedPod } from '../lifecycle/decide.ts';
import { type Diagnosis, diagnose } from '../lifecycle/diagnosis.ts';
import type { PodView } from '../lifecycle/pod.ts';
import { tierOf } from '../lifecycle/tiers.ts';
import type { Floor } from './floor.ts';
import { inTime } from './in-time.ts';
import type { Session } from './session.ts';

/** Why each of the pods is still here; what an earlier tick found stands until this one has asked again. */
function rowsOf(session: Session, floor: Floor, pods: readonly JudgedPod[]) {
  const lowestTier = Math.min(...pods.map(({ pod }) => tierOf(pod)));
  const budgets = floor.budgets.items();
  const known = new Map(session.report.pods.map((record) => [record.uid, record.causes.at(-1)]));
  return pods.map((judged) => {
    const { pod } = judged;
    const cause = causeOf(judged, floor.ledger.attempts.get(pod.uid), budgets, lowestTier);
    const { code, text } = cause.code === 'pending' ? (known.get(pod.uid) ?? cause) : cause;
    return { pod, cause: { code, text } };
  });
}

/** The pods by cause, in one line for a person. */
export function explainLeft(session: Session, floor: Floor, pods: readonly JudgedPod[]): string {
  return describeCauses(rowsOf(session, floor, pods));
}

/** The same for the report, with what can be done about it, as the tick that says so ends. */
export async function diagnoseLeft(
  session: Session,
  floor: Floor,
  pods: readonly JudgedPod[],
  closer: boolean,
): Promise<void> {
  const rows = rowsOf(session, floor, pods);
  const waiting = rows.filter(({ cause: { code } }) => code === 'budget' || code === 'surging');
  const neighbours = closer ? await neighboursOf(session, floor, new Set(waiting.map(({ pod }) => pod.namespace))) : [];
  const { clusterName } = session.state;
  const facts = { budgets: floor.budgets.items(), neighbours, ...(clusterName === null ? {} : { clusterName }) };
  noteStuck(session, diagnose(rows, facts));
}

export function noteStuck({ report }: Pick<Session, 'report'>, found: Diagnosis[]): void {
  if (found.length > 0) report.stuck = found;
  else delete report.stuck;
}

const mostNamespaces = 5;
const patienceMilliseconds = 5_000;

/** One list a namespace, of a few. Whatever cannot be read is not told: the drain is the same. */
async function neighboursOf(
  { ports, limit, input }: Session,
  { place }: Floor,
  namespaces: ReadonlySet<string>,
): Promise<PodView[]> {
  const until = ports.clock.now() + patienceMilliseconds;
  const lists = [...namespaces].slice(0, mostNamespaces).map(async (namespace) => {
    const ask = (signal: AbortSignal) => place.cluster.listPodsOfNamespace(namespace, signal);
    const answer = await inTime(ask, until, ports.clock, limit.signal);
    if (answer !== 'late' && answer.ok) return answer.value;
    const error = answer === 'late' ? 'no answer in time' : answer.failure.message;
    ports.log.debug('pods of a namespace not read', { execution: input.execution, namespace, error });
    return [];
  });
  return (await Promise.all(lists)).flat();
}
