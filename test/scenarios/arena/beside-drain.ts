import type { DrainPolicy } from '../../../shared/lifecycle/policy.ts';
import type { Arena, PodRef } from './arena.ts';

/** Far from every force moment: for scenarios about something else. */
export const patient = { deadlineSeconds: 600 } as const satisfies Partial<DrainPolicy>;

/** Ends ten seconds after it began, with whatever is left. */
export const shortAndMild = {
  deadlineSeconds: 12,
  reserveSeconds: 2,
  onDeadline: 'continue',
} as const satisfies Partial<DrainPolicy>;

/** Does something as soon as something is so, looked at ten times a second. If it never is, nothing is done. */
export function onceSo(arena: Arena, isSo: () => boolean, act: () => Promise<unknown>): void {
  arena.at(0, async (closed) => {
    while (!isSo()) await arena.clock.sleep(100, closed);
    await act();
  });
}

/** Lets time go by until something is so; the test's own timeout ends it. */
export function until(arena: Arena, isSo: () => boolean): Promise<void> {
  const wait = async () => {
    while (!isSo()) await arena.clock.sleep(100, new AbortController().signal);
  };
  return arena.settle(wait());
}

/** The pod is gone at once, as after a forced delete by somebody else. */
export const removeAtOnce = (arena: Arena, pod: PodRef) => askToDelete(arena, pod, 0);

/** Somebody else deletes the pod. */
export function askToDelete(arena: Arena, pod: PodRef, gracePeriodSeconds: number): Promise<unknown> {
  return arena.send({ method: 'DELETE', path: arena.paths.pod(pod), body: { gracePeriodSeconds } });
}

/** The pod whose eviction a request asks for, as `namespace/name`. */
export function evictedBy({ method, path }: { method: string; path: string }): string | undefined {
  const [, namespace, name] = /\/namespaces\/([^/]+)\/pods\/([^/]+)\/eviction$/.exec(path) ?? [];
  return method === 'POST' && name !== undefined ? `${namespace}/${name}` : undefined;
}

/** Names of the pods on a node, whatever their phase. */
export async function namesOn(arena: Arena, nodeName: string = arena.node.name): Promise<string[]> {
  const query = { fieldSelector: `spec.nodeName=${nodeName}` };
  const { items } = await arena.send({ method: 'GET', path: '/api/v1/pods', query });
  return items.map(({ metadata }) => metadata.name).sort();
}

/** HTTP statuses of the evictions of a pod, in order. */
export function answersTo(arena: Arena, pod: PodRef): (number | undefined)[] {
  return arena.evictions(pod).map(({ status }) => status);
}

/** Seconds between the requests of each pair, in order. */
export function gapsBetween(calls: readonly { at: number }[]): number[] {
  return calls.slice(1).map(({ at }, index) => (at - (calls[index]?.at ?? 0)) / 1000);
}

/** What held a pod, each cause once. */
export function causesOf(arena: Arena, pod: PodRef): { code: string; text: string }[] {
  const record = arena.report().pods.find(({ uid }) => uid === pod.uid);
  return (record?.causes ?? []).map(({ code, text }) => ({ code, text }));
}
