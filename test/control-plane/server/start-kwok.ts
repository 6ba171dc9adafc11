import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Binaries } from '../binaries/artefacts.ts';
import { type Group, type GroupOptions, openGroup } from '../processes/open-group.ts';
import { kwokComponent } from './components.ts';

/** Starts simulated kubelets beside a cluster that has none. They look after Nodes with kwok's annotation only. */
export function startKwok(kubeconfig: string, binaries: Binaries, options: GroupOptions): Group {
  const group = openGroup(mkdtempSync(join(tmpdir(), 'kwok-')), options);
  group.start([kwokComponent(binaries, resolve(kubeconfig))]);
  return group;
}
