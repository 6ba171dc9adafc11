import { expect } from 'vitest';
import type { KubeObject } from '../../../sandbox/cluster/objects.ts';
import type { DrainReport } from '../../../shared/lifecycle/report.ts';
import { auditedRequests } from './audit.ts';
import type { ControlPlane } from './control-plane.ts';
import type { Told } from './event-for.ts';
import { markProblems, marksOf } from './node-invariants.ts';
import type { Whole } from './open-whole.ts';
import { budgetProblems, healthProblems, touched, type Wanted } from './pod-invariants.ts';
import { otherWrites, removalProblems, removalsIn } from './request-invariants.ts';
import type { Seen } from './set-up.ts';
import type { Stage } from './stage.ts';

/** What must never happen, whatever a drain has to do: by what the API server's watches showed, and by what it was asked. */
export function expectNoHarm(
  { journal, requests }: Seen,
  {
    drained,
    spared,
    wanted,
  }: { drained: readonly string[]; spared: readonly string[]; wanted: Record<string, Wanted> },
): void {
  const [pods, nodes] = [journal.of('pods'), journal.of('nodes')];
  expect(healthProblems(pods, wanted)).toEqual([]);
  expect(budgetProblems(journal.of('budgets'), wanted)).toEqual([]);
  expect(touched(pods, drained, spared)).toEqual([]);
  expect(drained.flatMap((name) => markProblems(nodes, pods, name))).toEqual([]);
  const others = nodes.filter(({ object }) => !drained.includes(object.metadata.name));
  expect([...new Set(others.map(({ object }) => marksOf(object)))]).toEqual(['none']);
  expect(removalProblems(removalsIn(requests), pods, drained)).toEqual([]);
  expect(otherWrites(requests, drained)).toEqual([]);
  expect(requests.filter(({ status }) => status === 401 || status === 403)).toEqual([]);
}

/** The hook was completed once, with CONTINUE, and no evictable pod was left by then. */
export function expectCompleted(
  { journal, before }: Seen,
  whole: Whole,
  { instanceId, token }: Told,
  name: string,
): void {
  const completed = whole.calls.filter(
    ({ operation, input }) => operation === 'CompleteLifecycleAction' && input.LifecycleActionToken === token,
  );
  expect(completed.map(({ input }) => input.LifecycleActionResult)).toEqual(['CONTINUE']);
  expect(whole.lifecycleState(instanceId)).toBe('Terminating:Proceed');
  const goneAt = new Map(
    journal.of('pods').flatMap(({ type, object, at }) => (type === 'DELETED' ? [[object.metadata.uid, at]] : [])),
  );
  const late = evictable(before, name).filter(({ metadata }) => {
    const at = goneAt.get(metadata.uid);
    return at === undefined || at > (completed[0]?.at ?? 0);
  });
  expect(late.map(({ metadata }) => metadata.name)).toEqual([]);
}

/** The report names every pod that was on the node, says what became of it, and tells the story in its order. */
export function expectReported({ before }: Seen, { pods, timeline }: DrainReport, name: string): void {
  const there = before.filter(({ spec }) => spec.nodeName === name);
  const told = there.map(({ metadata, status }) => {
    const record = pods.find(({ uid }) => uid === metadata.uid);
    const went = record?.goneAt !== undefined && (record.evictedAt ?? record.forcedAt) !== undefined;
    return [metadata.name, status.phase, record?.verdict, went];
  });
  const leaving = evictable(there, name);
  const expected = there.map((pod) => {
    const { metadata, status } = pod;
    if (leaving.includes(pod)) return [metadata.name, status.phase, 'evict', true];
    return [metadata.name, status.phase, status.phase === 'Running' ? 'stay' : 'ignore', false];
  });
  expect(told).toEqual(expected);
  const once = ['resolved', 'marked', 'empty', 'completing', 'completed', 'ended'];
  expect(timeline.map(({ what }) => what).filter((what) => once.includes(what))).toEqual(once);
}

/** Reason and name of what Kubernetes Events are about, of the stage's pods and nodes. */
export async function eventsOf({ list, paths, id }: Stage): Promise<string[]> {
  type Told = KubeObject & { reason: string; involvedObject: { name: string }; source?: { component?: string } };
  const all = [...(await list<Told>(paths.events)), ...(await list<Told>('/api/v1/namespaces/default/events'))];
  const ours = all.filter(({ source }) => source?.component === 'eks-node-lifecycle');
  const lines = ours.map(({ reason, involvedObject: { name } }) => `${reason} ${name}`);
  return [...new Set(lines)].filter((line) => line.includes(id) || !line.startsWith('Drain')).sort();
}

/** The API server's own record names the same removals; nothing came to it past the endpoint. */
export function expectAudited({ auditLog }: ControlPlane, { namespace }: Stage, { requests }: Seen): void {
  if (auditLog === undefined) return;
  const inOrder = (all: ReturnType<typeof removalsIn>) =>
    all.map(({ by, name, uid, graceSeconds, status }) => ({ by, name, uid, graceSeconds, status })).sort(byText);
  expect(inOrder(removalsIn(auditedRequests(auditLog, namespace)))).toEqual(inOrder(removalsIn(requests)));
}

function byText(a: object, b: object): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

function evictable(pods: Seen['before'], nodeName: string): Seen['before'] {
  return pods.filter(
    ({ metadata, spec, status }) =>
      spec.nodeName === nodeName && status.phase === 'Running' && metadata.ownerReferences?.[0]?.kind !== 'DaemonSet',
  );
}
