import type { ClusterPort, DeploymentRef } from '../cluster-port.ts';
import type { ApiFailure } from '../lifecycle/api-failure.ts';
import type { JudgedPod } from '../lifecycle/decide.ts';
import { noteEntry } from '../lifecycle/report-draft.ts';
import { type NoSurge, noSurgeTexts } from '../lifecycle/surge.ts';
import { announceOnPod } from './announce.ts';
import type { Session } from './session.ts';

/** In report, log and on the pods: another one is started before they go. */
export function tellRestart(
  session: Session,
  cluster: ClusterPort,
  deployment: DeploymentRef,
  pods: readonly JudgedPod[],
): void {
  const { ports, report, state } = session;
  const now = ports.clock.now();
  const name = nameOf(deployment);
  state.progressAt = now;
  const text = `the Deployment ${name} is restarted, since all its ready pods are on the node: it starts others first`;
  noteEntry(report, 'surged', text, now);
  ports.log.info('deployment restarted', { deployment: name, pods: pods.length });
  for (const { pod } of pods) announceOnPod(session, cluster, pod, 'Normal', 'SurgeStarted', { code: 'surging', text });
}

/** Silent about the many that need none. */
export function tellNoSurge(
  session: Session,
  deployment: DeploymentRef,
  pods: readonly JudgedPod[],
  code: NoSurge,
): void {
  if (code === 'not-singleton') return;
  const name = nameOf(deployment);
  noteOnce(session, 'not-surged', `the pods of the Deployment ${name} are evicted: ${noSurgeTexts[code]}`);
  session.ports.log.info('deployment not waited for', { deployment: name, pods: pods.length, code });
}

/** A right that is missing is said as such: it is given for one namespace at a time. */
export function tellFailure(session: Session, deployment: DeploymentRef, doing: string, failure: ApiFailure): void {
  const { code, message } = failure;
  const { namespace } = deployment;
  const why = code === 403 && !/webhook|ValidatingAdmissionPolicy/.test(message);
  const text = why ? `no right to ${doing} in ${namespace}: ${message}` : `${code ?? 'no answer'}: ${message}`;
  const name = nameOf(deployment);
  noteOnce(session, 'not-surged', `the pods of the Deployment ${name} are evicted without another one first: ${text}`);
  session.ports.log.warn('deployment not restarted', { deployment: name, code, error: text });
}

/** Each tick finds it out anew. */
function noteOnce({ report, ports }: Session, what: string, text: string): void {
  if (report.timeline.some((entry) => entry.what === what && entry.text === text)) return;
  noteEntry(report, what, text, ports.clock.now());
}

function nameOf({ namespace, name }: DeploymentRef): string {
  return `${namespace}/${name}`;
}
