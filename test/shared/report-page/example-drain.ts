import type { DrainReport, PodRecord } from '../../../shared/lifecycle/report.ts';
import { exampleReport } from '../adapters/example-report.ts';

/** An instant so many seconds after the start of an example. */
export function at(seconds: number): string {
  return new Date(Date.parse('2026-01-31T12:00:00.000Z') + seconds * 1000).toISOString();
}

export function examplePod(change: Partial<PodRecord> = {}): PodRecord {
  return {
    namespace: 'shop',
    name: 'web-1',
    uid: change.name ?? 'web-1',
    verdict: 'evict',
    code: 'evictable',
    reason: 'ReplicaSet web replaces it elsewhere',
    evictionsTried: 1,
    causes: [],
    ...change,
  };
}

export const heldText =
  'The disruption budget db needs 2 healthy pods and has 2 currently (maxUnavailable 0: it can never allow a disruption)';

/** Twenty seconds: one pod goes, one is held and deleted by force, one stays. */
export function exampleDrain(change: Partial<DrainReport> = {}): DrainReport {
  const cause = { code: 'budget', text: heldText, firstAt: at(5), lastAt: at(9), times: 3 };
  return exampleReport({
    cluster: 'prod',
    node: 'ip-10-0-1-10.ec2.internal',
    deadlineAt: at(25),
    endedAt: at(20),
    end: {
      reason: 'drained-forced',
      completion: 'CONTINUE',
      text: 'every evictable pod is gone; deleted past their disruption budget: shop/db-0 (budget shop/db)',
      alarm: true,
    },
    heartbeats: [at(1), at(11)],
    timeline: [
      { at: at(0.5), what: 'marked', text: 'the node is cordoned' },
      { at: at(5), what: 'evicted', text: 'its eviction was accepted', pod: 'shop/web-1' },
      { at: at(5), what: 'refused', text: heldText, pod: 'shop/db-0' },
      { at: at(20), what: 'completed', text: 'Auto Scaling goes on (CONTINUE)' },
    ],
    pods: [
      examplePod({ evictedAt: at(5), goneAt: at(8) }),
      examplePod({
        name: 'db-0',
        evictionsTried: 3,
        causes: [cause],
        forcedAt: at(12),
        forcedPast: ['shop/db'],
        goneAt: at(18),
      }),
      examplePod({
        namespace: 'kube-system',
        name: 'aws-node-1',
        verdict: 'stay',
        code: 'daemonset-pod',
        reason: 'DaemonSet aws-node would put it back',
        evictionsTried: 0,
      }),
    ],
    stuck: [
      {
        code: 'budget',
        text: 'the budget holds it',
        pods: ['shop/db-0'],
        count: 1,
        command: 'kubectl -n shop patch poddisruptionbudget db',
      },
    ],
    ...change,
  });
}

/** A long drain of many pods: every fifth is held. */
export function largeDrain(count: number): DrainReport {
  const pods = Array.from({ length: count }, (_, i) => {
    const asked = 2 + i / 4;
    const held = i % 5 === 0;
    const evicted = held ? asked + 40 : asked;
    const text = `The disruption budget b${i % 20} needs 2 healthy pods and has 2 currently`;
    const cause = { code: 'budget', text, firstAt: at(asked), lastAt: at(asked + 35), times: 4 };
    const name = `web-${i}-${(i * 7919).toString(36)}`;
    return examplePod({
      name,
      causes: held ? [cause] : [],
      evictedAt: at(evicted),
      goneAt: at(evicted + 5 + (i % 30)),
    });
  });
  const timeline = pods.flatMap(({ namespace, name, evictedAt = '', goneAt = '' }) => [
    { at: evictedAt, what: 'evicted', text: 'its eviction was accepted', pod: `${namespace}/${name}` },
    { at: goneAt, what: 'gone', text: 'it is gone from the node', pod: `${namespace}/${name}` },
  ]);
  return exampleDrain({ pods, timeline, endedAt: at(count / 4 + 90), deadlineAt: at(count / 4 + 100) });
}
