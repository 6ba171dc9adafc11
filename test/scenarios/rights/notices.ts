import type { Arena } from '../arena/arena.ts';
import type { RecordedCall } from '../arena/recorder.ts';

export type Notice = 'at once' | 'late';

/**
 * How soon the drain learned that the budget of the pod `freed` gave way, and that the pod was gone: at once from a watch, or late, from a
 * list or because the pod's force moment had come. Undefined where it did not.
 */
export function noticesOf(arena: Arena, freedAt: number | undefined): { budget?: Notice; gone?: Notice } {
  const { calls, paths, namespace, podReport, report } = arena;
  const eviction = `${paths.pod({ namespace, name: 'freed' })}/eviction`;
  const evictedAt = calls.find(({ path, status }) => path === eviction && status === 201)?.at;
  const goneAt = podReport('freed')?.goneAt;
  if (freedAt === undefined || evictedAt === undefined || goneAt === undefined) return {};
  const forceAt = Date.parse(report().deadlineAt ?? '') - 31_000;
  const listed = (path: string, from: number, to: number) =>
    calls.some(
      // One that was sent just before may have been answered with it.
      (call) => call.path === path && call.method === 'GET' && call.status === 200 && overlaps(call, from, to),
    );
  const lateBudget = evictedAt >= forceAt || listed('/apis/policy/v1/poddisruptionbudgets', freedAt, evictedAt);
  const lateGone = listed('/api/v1/pods', evictedAt, Date.parse(goneAt));
  return { budget: lateBudget ? 'late' : 'at once', gone: lateGone ? 'late' : 'at once' };
}

function overlaps({ at, answeredAt = at }: RecordedCall, from: number, to: number): boolean {
  return answeredAt >= from && at <= to;
}
