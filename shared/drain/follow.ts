import type { ApiAnswer, ApiFailure } from '../lifecycle/api-failure.ts';
import type { Clock, Listed, WatchEvent } from '../ports.ts';

/** A list that a watch keeps up to date. */
export interface Followed<T> {
  items(): T[];
  /** When the items last changed; epoch milliseconds. */
  changedAt(): number;
  /** The failure of the last list, while it has not succeeded again. */
  trouble(): ApiFailure | undefined;
  close(): Promise<void>;
}

interface Source<T> {
  list(signal: AbortSignal): Promise<ApiAnswer<Listed<T>>>;
  watch(resourceVersion: string, signal: AbortSignal): AsyncIterable<WatchEvent<T>>;
  key(item: T): string;
  onChange(item: T | undefined): void;
}

const firstPauseMilliseconds = 500;
const mostPauseMilliseconds = 15_000;

/** Lists, then watches, and does both again when the watch expires or breaks. Answers the first list's failure instead of starting. */
export async function follow<T>(source: Source<T>, clock: Clock, signal: AbortSignal): Promise<ApiAnswer<Followed<T>>> {
  const first = await source.list(signal);
  if (!first.ok) return first;
  const items = new Map<string, T>();
  let changedAt = clock.now();
  let trouble: ApiFailure | undefined;
  let resourceVersion = replaceAll(first.value);
  const stop = new AbortController();
  const running = run(AbortSignal.any([stop.signal, signal]));
  return {
    ok: true,
    value: {
      items: () => [...items.values()],
      changedAt: () => changedAt,
      trouble: () => trouble,
      async close() {
        stop.abort();
        await running;
      },
    },
  };

  function replaceAll(listed: Listed<T>): string {
    items.clear();
    for (const item of listed.items) items.set(source.key(item), item);
    return listed.resourceVersion;
  }

  /** A watch that ended early says that the server or the network is in trouble: each time in a row, a longer pause. */
  async function run(until: AbortSignal): Promise<void> {
    let pause = firstPauseMilliseconds;
    while (!until.aborted) {
      const startedAt = clock.now();
      const ended = await watchOnce(until);
      const healthy = ended === 'expired' || clock.now() - startedAt > mostPauseMilliseconds;
      pause = healthy ? firstPauseMilliseconds : Math.min(mostPauseMilliseconds, pause * 2);
      do await clock.sleep(pause, until).catch(() => undefined);
      while (!until.aborted && !(await relist(until)));
    }
  }

  async function watchOnce(until: AbortSignal): Promise<'expired' | 'closed'> {
    try {
      for await (const event of source.watch(resourceVersion, until)) {
        if (event.type === 'expired' || event.type === 'closed') return event.type;
        resourceVersion = event.resourceVersion;
        if (event.type !== 'BOOKMARK') apply(event.type, event.object);
      }
    } catch (error) {
      if (!until.aborted) throw error;
    }
    return 'closed';
  }

  function apply(type: 'ADDED' | 'MODIFIED' | 'DELETED', item: T): void {
    if (type === 'DELETED') items.delete(source.key(item));
    else items.set(source.key(item), item);
    changedAt = clock.now();
    source.onChange(item);
  }

  async function relist(until: AbortSignal): Promise<boolean> {
    const answer = await source.list(until).catch((error: unknown) => {
      if (until.aborted) return undefined;
      throw error;
    });
    trouble = answer === undefined || answer.ok ? undefined : answer.failure;
    if (!answer?.ok) return false;
    resourceVersion = replaceAll(answer.value);
    changedAt = clock.now();
    source.onChange(undefined);
    return true;
  }
}
