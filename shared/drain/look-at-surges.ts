import type { ClusterPort } from '../cluster-port.ts';
import { matchesSelector } from '../lifecycle/budget-match.ts';
import type { JudgedPod } from '../lifecycle/decide.ts';
import type { DeploymentView } from '../lifecycle/deployment.ts';
import type { PodView } from '../lifecycle/pod.ts';
import { type SurgeFacts, surgeTurn } from '../lifecycle/surge.ts';
import type { Floor } from './floor.ts';
import type { Session } from './session.ts';
import { type Surge, surgeKeyOf } from './surges.ts';
import { tellFailure, tellNoSurge, tellRestart } from './tell-surge.ts';

type Look = { surge: Surge; pods: readonly JudgedPod[] };

const atOnce = 10;
/** What the API server does not answer for so many looks is not waited for any longer. */
const mostFailures = 3;

/** One list of each namespace that is new, then one Deployment after the other of those that may be singletons. */
export async function lookAtSurges(session: Session, floor: Floor, looks: readonly Look[]): Promise<void> {
  const fresh = looks.filter(({ surge }) => surge.turn.do === 'look');
  const known = looks.filter(({ surge }) => surge.turn.do === 'wait');
  const namespaces = [...new Set(fresh.map(({ surge }) => surge.deployment.namespace))];
  const tasks = [
    ...namespaces.map((namespace) => async () => {
      const here = fresh.filter(({ surge }) => surge.deployment.namespace === namespace);
      const pods = await floor.place.cluster.listPodsOfNamespace(namespace, session.limit.signal);
      for (const look of here) {
        if (pods.ok) await lookAtOne(session, floor, look, pods.value);
        else noteFailure(session, look, 'list pods', pods.failure);
      }
    }),
    ...known.map((look) => () => lookAtOne(session, floor, look, undefined)),
  ];
  for (let from = 0; from < tasks.length; from += atOnce)
    await Promise.all(tasks.slice(from, from + atOnce).map((task) => task()));
}

/** `neighbours`: the pods of its namespace; undefined: it was found to be a singleton before. */
async function lookAtOne(
  session: Session,
  floor: Floor,
  { surge, pods }: Look,
  neighbours: readonly PodView[] | undefined,
): Promise<void> {
  const { ports, limit } = session;
  const { cluster, marked, facts } = floor.place;
  const ready = readyPods(surge, neighbours ?? pods.map(({ pod }) => pod), marked.node.name);
  surge.lookedAt = ports.clock.now();
  if (neighbours && (ready.here === 0 || ready.elsewhere > 0)) return evict(session, { surge, pods }, 'not-singleton');
  const answer = await cluster.getDeployment(surge.deployment, limit.signal);
  if (!answer.ok) return noteFailure(session, { surge, pods }, 'get deployments', answer.failure);
  const deployment = answer.value;
  // A ReplicaSet that is called as if it were its own.
  const [first] = pods;
  if (!deployment.selector || (first && !matchesSelector(deployment.selector, first.pod.labels)))
    return evict(session, { surge, pods }, 'not-singleton');
  const modes = pods.map(({ pod }) => facts.accessModesOf(pod));
  const known: SurgeFacts = {
    ready,
    accessModes: modes.includes(undefined) ? undefined : modes.flatMap((each) => each ?? []),
    restartedAt: marked.mark.startedAt,
    sentAt: surge.sentAt,
  };
  const turn = surgeTurn(deployment, known, ports.clock.now());
  surge.failures = 0;
  if (turn.do === 'restart') return restart(session, cluster, { surge, pods }, deployment, known);
  if (turn.do === 'evict') return evict(session, { surge, pods }, turn.code);
  surge.turn = turn;
}

async function restart(
  session: Session,
  cluster: ClusterPort,
  look: Look,
  { resourceVersion }: DeploymentView,
  known: SurgeFacts,
): Promise<void> {
  const { surge, pods } = look;
  const { ports, limit } = session;
  const sentAt = ports.clock.now();
  const order = { restartedAt: known.restartedAt, resourceVersion };
  const answer = await cluster.restartDeployment(surge.deployment, order, limit.signal);
  if (!answer.ok) return noteFailure(session, look, 'patch deployments', answer.failure);
  surge.sentAt = sentAt;
  tellRestart(session, cluster, surge.deployment, pods);
  const turn = surgeTurn(answer.value, { ...known, sentAt }, ports.clock.now());
  if (turn.do === 'wait') surge.turn = turn;
}

function evict(session: Session, { surge, pods }: Look, code: Parameters<typeof tellNoSurge>[3]): void {
  surge.turn = { do: 'evict' };
  tellNoSurge(session, surge.deployment, pods, code);
}

/** One that changed meanwhile (409) is looked at again, as is one that nobody answers for; what is refused stays refused. */
function noteFailure(session: Session, look: Look, doing: string, failure: Parameters<typeof tellFailure>[3]): void {
  const { surge } = look;
  surge.lookedAt = session.ports.clock.now();
  surge.failures += 1;
  const { code } = failure;
  const passes = code === undefined || code === 409 || code === 429 || code >= 500;
  if (passes && surge.failures < mostFailures) return;
  surge.turn = { do: 'evict' };
  tellFailure(session, surge.deployment, doing, failure);
}

/** Of the same Deployment, whichever of its ReplicaSets they are of. */
function readyPods({ deployment }: Surge, pods: readonly PodView[], nodeName: string): SurgeFacts['ready'] {
  const key = `${deployment.namespace}/${deployment.name}`;
  const ready = pods.filter((pod) => pod.ready && pod.deletionAt === undefined && surgeKeyOf(pod) === key);
  const here = ready.filter((pod) => pod.nodeName === nodeName).length;
  return { here, elsewhere: ready.length - here };
}
