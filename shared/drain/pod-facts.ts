import type { ClaimVolume, ClusterPort } from '../cluster-port.ts';
import type { PodView } from '../lifecycle/pod.ts';
import type { PodFacts } from '../lifecycle/pod-rules.ts';
import type { Log } from '../ports.ts';

/** What a verdict needs beyond the pod's own object, asked once for each DaemonSet and claim. */
export interface FactBook {
  /** Looks up what is new among these pods. */
  learn(pods: readonly PodView[], signal: AbortSignal): Promise<void>;
  of(pod: PodView): Pick<PodFacts, 'daemonSetGone' | 'localVolume'>;
  /** Names of the persistent volumes that the pod mounts, as far as they are known. */
  volumesOf(pod: PodView): string[];
  /** Access modes of the claims that the pod mounts; undefined while one of them is not known. */
  accessModesOf(pod: PodView): string[] | undefined;
  /** Looks up persistent volumes that no claim led to. */
  learnVolumes(names: readonly string[], signal: AbortSignal): Promise<void>;
  /** How a node's status names a persistent volume; undefined while that is not known. */
  attachedNameOf(volumeName: string): string | undefined;
}

interface Claim {
  volumeName: string | undefined;
  local: boolean;
  /** undefined: it could not be read. */
  accessModes: readonly string[] | undefined;
}

/** Questions to the API server at the same time. */
const atOnce = 20;

export function openFactBook(cluster: ClusterPort, hostname: string, log: Log): FactBook {
  const daemonSets = new Map<string, { uid: string } | 'gone' | 'unknown'>();
  const claims = new Map<string, Claim>();
  const attachedNames = new Map<string, string | undefined>();
  return {
    async learn(pods, signal) {
      const owners = unique(pods.filter(isDaemonSetPod), ownerKey).filter((pod) => !daemonSets.has(ownerKey(pod)));
      const unknownClaims = unique(
        pods.flatMap((pod) => pod.claims.map((claim) => ({ namespace: pod.namespace, claim }))),
        claimKey,
      ).filter((claim) => !claims.has(claimKey(claim)));
      await askAll([
        ...owners.map((pod) => () => learnDaemonSet(pod, signal)),
        ...unknownClaims.map((claim) => () => learnClaim(claim, signal)),
      ]);
    },
    async learnVolumes(names, signal) {
      const unknown = names.filter((name) => !attachedNames.has(name));
      await askAll([...new Set(unknown)].map((name) => () => learnVolume(name, signal)));
    },
    attachedNameOf: (volumeName) => attachedNames.get(volumeName),
    of(pod) {
      const daemonSet = daemonSets.get(ownerKey(pod));
      const replaced = typeof daemonSet === 'object' && daemonSet.uid !== pod.controller?.uid;
      return {
        daemonSetGone: daemonSet === 'gone' || replaced,
        localVolume: pod.claims.some((claim) => claims.get(claimKey({ namespace: pod.namespace, claim }))?.local),
      };
    },
    accessModesOf(pod) {
      const modes = pod.claims.map((claim) => claims.get(claimKey({ namespace: pod.namespace, claim }))?.accessModes);
      return modes.includes(undefined) ? undefined : modes.flatMap((each) => each ?? []);
    },
    volumesOf(pod) {
      return pod.claims
        .map((claim) => claims.get(claimKey({ namespace: pod.namespace, claim }))?.volumeName)
        .filter((name) => name !== undefined);
    },
  };

  /** A DaemonSet that cannot be asked for is taken to exist: its pod stays, which harms nobody. Without a right to ask it is not asked again. */
  async function learnDaemonSet(pod: PodView, signal: AbortSignal): Promise<void> {
    const answer = await cluster.getDaemonSet(pod.namespace, pod.controller?.name ?? '', signal);
    if (answer.ok) return void daemonSets.set(ownerKey(pod), answer.value);
    const { code, message } = answer.failure;
    if (code === 404) return void daemonSets.set(ownerKey(pod), 'gone');
    log.warn('DaemonSet unknown', { pod: ownerKey(pod), error: message });
    if (code === 403) daemonSets.set(ownerKey(pod), 'unknown');
  }

  /** A volume that cannot be asked for is taken to be one that can move. */
  async function learnClaim(claim: { namespace: string; claim: string }, signal: AbortSignal): Promise<void> {
    const answer = await cluster.getClaimVolume(claim.namespace, claim.claim, signal);
    if (!answer.ok && answer.failure.code !== 404)
      log.warn('volume unknown', { claim: claimKey(claim), error: answer.failure.message });
    const { volumeName, hostnames, attachedName } = answer.ok ? answer.value : noVolume;
    const accessModes = answer.ok ? answer.value.accessModes : undefined;
    claims.set(claimKey(claim), { volumeName, local: hostnames.includes(hostname), accessModes });
    if (volumeName !== undefined) attachedNames.set(volumeName, attachedName);
  }

  /** A volume that cannot be asked for now is asked for again: without its name it would be told twice. */
  async function learnVolume(volumeName: string, signal: AbortSignal): Promise<void> {
    const answer = await cluster.getVolume(volumeName, signal);
    if (answer.ok) attachedNames.set(volumeName, answer.value.attachedName);
    else if (answer.failure.code === 404) attachedNames.set(volumeName, undefined);
    else log.warn('volume unknown', { volume: volumeName, error: answer.failure.message });
  }
}

const noVolume: Pick<ClaimVolume, 'volumeName' | 'hostnames' | 'attachedName'> = {
  volumeName: undefined,
  hostnames: [],
  attachedName: undefined,
};

async function askAll(questions: readonly (() => Promise<void>)[]): Promise<void> {
  for (let from = 0; from < questions.length; from += atOnce) {
    await Promise.all(questions.slice(from, from + atOnce).map((ask) => ask()));
  }
}

/** Only apps/v1 is asked: a DaemonSet of another API group has its own kind of existence. */
function isDaemonSetPod(pod: PodView): boolean {
  return pod.controller?.kind === 'DaemonSet' && pod.controller.apiVersion.startsWith('apps/');
}

function ownerKey(pod: PodView): string {
  return `${pod.namespace}/${pod.controller?.apiVersion ?? ''}/${pod.controller?.name ?? ''}`;
}

function claimKey({ namespace, claim }: { namespace: string; claim: string }): string {
  return `${namespace}/${claim}`;
}

function unique<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
