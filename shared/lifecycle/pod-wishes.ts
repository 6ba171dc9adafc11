import type { PodView } from './pod.ts';

/** What the pod's owner asks of a drain, in our own words or in those of Cluster API, Cluster Autoscaler and Karpenter. */
export interface PodWish {
  because: string;
}

const ownKey = 'eks-node-lifecycle.io/drain';
const clusterApiKey = 'cluster.x-k8s.io/drain';
const safeToEvictKey = 'cluster-autoscaler.kubernetes.io/safe-to-evict';
const doNotDisruptKey = 'karpenter.sh/do-not-disrupt';

/** Annotation or label `skip`. https://cluster-api.sigs.k8s.io/ knows the label, in any case of letters. */
export function wishesSkip(pod: PodView): PodWish | undefined {
  return drainValue(pod, ownKey) === 'skip'
    ? { because: `${ownKey}: skip` }
    : drainValue(pod, clusterApiKey) === 'skip'
      ? { because: `${clusterApiKey}: skip` }
      : undefined;
}

/** Wants to finish on its own. */
export function wishesWait(pod: PodView): PodWish | undefined {
  if (drainValue(pod, ownKey) === 'wait') return { because: `${ownKey}: wait` };
  if (drainValue(pod, clusterApiKey) === 'wait-completed') return { because: `${clusterApiKey}: wait-completed` };
  if (pod.annotations[safeToEvictKey] === 'on-completion') return { because: `${safeToEvictKey}: on-completion` };
  return undefined;
}

/** Asks not to be disrupted, for ever or for a duration after its start. https://karpenter.sh/docs/concepts/disruption/ */
export function wishesNoDisruption(pod: PodView, now: number): PodWish | undefined {
  if (pod.annotations[safeToEvictKey] === 'false') return { because: `${safeToEvictKey}: false` };
  const value = pod.annotations[doNotDisruptKey];
  if (value === undefined) return undefined;
  const until = value === 'true' ? Number.POSITIVE_INFINITY : protectedUntil(pod, value);
  return now < until ? { because: `${doNotDisruptKey}: ${value}` } : undefined;
}

function drainValue(pod: PodView, key: string): string | undefined {
  return (pod.annotations[key] ?? pod.labels[key])?.toLowerCase();
}

/** As in Karpenter: an invalid duration protects nothing, and one that has not begun to run has not run out. */
function protectedUntil(pod: PodView, value: string): number {
  return (pod.startedAt ?? Number.POSITIVE_INFINITY) + (parseDuration(value) ?? Number.NaN);
}

const unitMilliseconds = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** A Go duration such as `1h30m`, in milliseconds; undefined when it is none. https://pkg.go.dev/time#ParseDuration */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(h|ms|m|s))+$/.test(text)) return undefined;
  let milliseconds = 0;
  for (const [, amount, unit] of text.matchAll(/([\d.]+)(h|ms|m|s)/g)) {
    milliseconds += Number(amount) * unitMilliseconds[unit as keyof typeof unitMilliseconds];
  }
  return milliseconds;
}
