import type { AuditNews } from '../audit/render/changes-text.ts';
import type { AuditRunPorts } from './audit-run-ports.ts';

/** How many could not be told; at least once, since whoever heard it is told again when another did not. */
export async function tellNews(
  news: AuditNews,
  { news: listeners, log }: Pick<AuditRunPorts, 'news' | 'log'>,
  signal: AbortSignal,
): Promise<number> {
  if (news.changes.new.length + news.changes.resolved.length === 0) return 0;
  const outcomes = await Promise.allSettled(listeners.map((listener) => listener.tell(news, signal)));
  signal.throwIfAborted();
  const failed = outcomes.flatMap((each, at) =>
    each.status === 'rejected' ? [{ to: listeners[at]?.name, error: each.reason }] : [],
  );
  // The audit itself is well; the next run tells it.
  for (const each of failed) log.error('audit not told', { ...each, report: news.url });
  return failed.length;
}
