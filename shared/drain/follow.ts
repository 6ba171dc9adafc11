import type { Listed, WatchEvent } from '../cluster-port.ts';
import type { ApiAnswer, ApiFailure } from '../lifecycle/api-failure.ts';
import type { Clock } from '../ports.ts';

/** A list that a watch keeps up to date. */
export interface Followed<T> {
  items(): T[];
  /** The failure of the last list, while none has succeeded since. */
  trouble(): ApiFailure | undefined;
  /** What was thrown while following: it no longer follows. */
  crash(): unknown;
  close(): Promise<void>;
}

interface Source<T> {
  list(signal: AbortSignal): Promise<ApiAnswer<Listed<T>>>;
  watch(resourceVersion: string, signal: AbortSignal): AsyncIterable<WatchEvent<T>>;
  key(item: T): string;
  /** After each change, and after a crash. */
  onChange(): void;
  /** A watch was refused or broke off, for that reason: until the next one only lists tell of changes. */
  onClosed?(reason: string): void;
}

const firstPauseMilliseconds = 500;
const mostPauseMilliseconds = 15_000;

/** Lists, then watches, and does both again when either fails: `trouble` tells of it. */
export async function follow<T>(
  source: Source<T>,
  { clock, random }: { clock: Clock; random: () => number },
  signal: AbortSignal,
): Promise<Followed<T>> {
  const items = new Map<string, T>();
  let trouble: ApiFailure | undefined;
  let crash: unknown;
  let resourceVersion = '';
  let pause = firstPauseMilliseconds;
  const stop = new AbortController();
  const until = AbortSignal.any([stop.signal, signal]);
  const listed = await list();
  const running = run(listed).catch((error: unknown) => {
    if (until.aborted) return;
    crash = error ?? new Error('the watch failed');
    source.onChange();
  });
  return {
    items: () => [...items.values()],
    trouble: () => trouble,
    crash: () => crash,
    async close() {
      stop.abort();
      await running;
    },
  };

  async function list(): Promise<boolean> {
    const answer = await source.list(until);
    trouble = answer.ok ? undefined : answer.failure;
    if (!answer.ok) return false;
    items.clear();
    for (const item of answer.value.items) items.set(source.key(item), item);
    resourceVersion = answer.value.resourceVersion;
    return true;
  }

  async function run(listed: boolean): Promise<void> {
    for (let fresh = listed; !until.aborted; ) {
      if (fresh && (await watchOnce())) pause = firstPauseMilliseconds;
      await clock.sleep(pause * (0.5 + random() / 2), until);
      pause = Math.min(mostPauseMilliseconds, pause * 2);
      fresh = await list();
      if (fresh) source.onChange();
    }
  }

  /** Answers whether it went as watches go: it lasted, or ended because its resourceVersion was too old. */
  async function watchOnce(): Promise<boolean> {
    const startedAt = clock.now();
    for await (const event of source.watch(resourceVersion, until)) {
      if (event.type === 'expired') return true;
      if (event.type === 'closed') {
        source.onClosed?.(event.reason);
        break;
      }
      resourceVersion = event.resourceVersion;
      if (event.type === 'BOOKMARK') continue;
      if (event.type === 'DELETED') items.delete(source.key(event.object));
      else items.set(source.key(event.object), event.object);
      source.onChange();
    }
    return clock.now() - startedAt > mostPauseMilliseconds;
  }
}
