import { rmSync } from 'node:fs';
import type { Guard } from './guard.ts';
import { type Component, type RunningComponent, startComponent } from './start-component.ts';

export interface GroupOptions {
  guard: Guard;
  signal: AbortSignal;
  /** Leaves the folder, with the logs, where it is. */
  keep: boolean;
}

/** Components that come and go together, with a folder of their own that goes with them. */
export interface Group {
  start(components: readonly Component[]): void;
  /** Rejects when one of those started until now ends by itself. Never resolves. */
  failed(): Promise<never>;
  close(): Promise<void>;
}

export function openGroup(folder: string, { guard, keep }: GroupOptions): Group {
  const release = keep ? () => {} : guard.over({ folder });
  const running: RunningComponent[] = [];
  return {
    start: (components) => {
      for (const component of components) running.push(startComponent(component, { folder, guard }));
    },
    failed: () => {
      const first = Promise.race(running.map((component) => component.failed));
      // Whoever waits for it is told; before that, nobody is.
      first.catch(() => {});
      return first;
    },
    close: async () => {
      // Whoever needs another one goes before it.
      for (const component of running.splice(0).reverse()) await component.stop();
      if (!keep) rmSync(folder, { recursive: true, force: true });
      release();
    },
  };
}
