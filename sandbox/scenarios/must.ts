import type { EndReason } from '../../shared/lifecycle/end.ts';
import type { PodRecord } from '../../shared/lifecycle/report.ts';
import { nodeName } from './manifests.ts';
import type { Outcome, Scenario } from './scenario.ts';

type Must = Scenario['must'];

/** The drain ended so, and Auto Scaling lets the instance go. */
export const instanceGoes = (reason: EndReason): Must => ({
  [`the drain ends as ${reason}`]: ({ end }) => end?.reason === reason,
  'Auto Scaling was told CONTINUE, once, and goes on': ({ completions, instanceState }) =>
    completions.join() === 'CONTINUE' && instanceState === 'Terminating:Proceed',
});

export const onlyStayingPodsAreLeft: Must = {
  'the node is cordoned and has only pods that stay': ({ cluster, report }) => {
    const staying = report?.pods.filter(({ verdict }) => verdict === 'stay').map(({ uid }) => uid) ?? [];
    const cordoned = cluster.get('nodes', nodeName)?.spec.unschedulable;
    return cordoned === true && podsOnNode(cluster).every(({ metadata }) => staying.includes(metadata.uid));
  },
};

export const nobodyWasForced: Must = {
  'no pod was deleted past its budget': ({ report }) =>
    report?.pods.every(({ forcedAt }) => forcedAt === undefined) === true,
};

export function podsOnNode(cluster: Outcome['cluster']) {
  return cluster.list('pods').filter(({ spec }) => spec.nodeName === nodeName);
}

/** Are there pods of this workload in the report, and is it true of each? */
export function eachOf(workload: string, { report }: Outcome, holds: (pod: PodRecord) => boolean): boolean {
  const pods = report?.pods.filter(({ name }) => name.startsWith(`${workload}-`)) ?? [];
  return pods.length > 0 && pods.every(holds);
}

/** Seconds from the start of the drain. */
export function secondOf(at: string | undefined, { report }: Outcome): number {
  return (Date.parse(at ?? '') - Date.parse(report?.startedAt ?? '')) / 1000;
}
