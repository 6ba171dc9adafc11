import { createKubeCluster } from '../../../shared/adapters/kube-cluster.ts';
import type { KubeTransport } from '../../../shared/adapters/kube-transport.ts';
import { kubePath } from '../../../shared/adapters/kube-wire.ts';
import { type Followed, follow } from '../../../shared/drain/follow.ts';
import type { PodView } from '../../../shared/lifecycle/pod.ts';
import type { Clock } from '../../../shared/ports.ts';

export interface StopPlan {
  /** After its deletion was asked for; at the end of its grace at the latest. `never`: its kubelet does not end it. */
  stopsAfterSeconds: number | 'never';
  /** Once it is gone from the API server. */
  whenGone?: () => Promise<unknown>;
}

/** Ends the terminating pods of a node, as its kubelet would. `plans` goes by pod UID; a pod without a plan stops in no time. */
export async function startKubelet(
  nodeName: string,
  plans: ReadonlyMap<string, StopPlan>,
  { admin, clock }: { admin: KubeTransport; clock: Clock },
): Promise<{ close(): Promise<void> }> {
  const stop = new AbortController();
  const port = createKubeCluster(admin, { leaseNamespace: 'eks-node-lifecycle', reportingInstance: 'arena' });
  const ending = new Map<string, Promise<void>>();
  const gone = new Set<string>();
  const failures: unknown[] = [];
  let pods: Followed<PodView> | undefined;
  pods = await follow<PodView>(
    {
      list: (signal) => port.listPods(nodeName, signal),
      watch: (version, signal) => port.watchPods(nodeName, version, signal),
      key: ({ uid }) => uid,
      onChange: look,
    },
    { clock, random: () => 0.5 },
    stop.signal,
  );
  look();
  return {
    async close() {
      stop.abort();
      await pods?.close();
      await Promise.all(ending.values());
      const failure = failures[0] ?? pods?.crash();
      if (failure !== undefined) throw new Error(`the kubelet of ${nodeName}`, { cause: failure });
    },
  };

  function look(): void {
    for (const pod of pods?.items() ?? []) {
      if (pod.deletionAt === undefined || plans.get(pod.uid)?.stopsAfterSeconds === 'never') continue;
      // A shorter grace than before is another end.
      const key = `${pod.uid} ${pod.deletionAt}`;
      if (!ending.has(key))
        ending.set(
          key,
          end(pod, pod.deletionAt).catch((error) => void failures.push(error)),
        );
    }
  }

  async function end(pod: PodView, deletionAt: number): Promise<void> {
    const { stopsAfterSeconds, whenGone } = plans.get(pod.uid) ?? { stopsAfterSeconds: 0 };
    const askedAt = deletionAt - (pod.deletionGraceSeconds ?? 0) * 1000;
    const endsAt = Math.min(askedAt + Number(stopsAfterSeconds) * 1000, deletionAt);
    try {
      await clock.sleep(Math.max(0, endsAt - clock.now()), stop.signal);
    } catch {
      return; // closed
    }
    const path = kubePath('api', 'v1', 'namespaces', pod.namespace, 'pods', pod.name);
    const body = { gracePeriodSeconds: 0, preconditions: { uid: pod.uid } };
    const { status } = await admin.request({ method: 'DELETE', path, body }, new AbortController().signal);
    if (status < 300) {
      // A pod that two ends came for, as its grace changed, is gone once.
      const first = !gone.has(pod.uid);
      gone.add(pod.uid);
      if (first) await whenGone?.();
    } else if (status !== 404 && status !== 409) throw new Error(`DELETE ${path}: ${status}`);
  }
}
