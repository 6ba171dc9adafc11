import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { endGroups } from './end-group.ts';
import type { Entry } from './guard.ts';

/** Runs in a process of its own (guard.ts): the end of its input is the end of the process that started it. */
const groups = new Set<number>();
const folders = new Set<string>();
for await (const line of createInterface({ input: process.stdin })) {
  const { is, group, folder } = JSON.parse(line) as Entry;
  if (group !== undefined) groups[is](group);
  if (folder !== undefined) folders[is](folder);
}
await endGroups([...groups]);
for (const folder of folders) rmSync(folder, { recursive: true, force: true });
