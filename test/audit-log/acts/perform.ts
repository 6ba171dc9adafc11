import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Act } from '../act.ts';
import type { AuditedPlane } from '../plane/start-audited-plane.ts';
import { callWebhooks } from './call-webhooks.ts';
import { changeAccess } from './change-access.ts';
import { drain } from './drains.ts';
import { overstep } from './overstep.ts';
import { reachIn } from './reach-in.ts';
import { buildScenery, type Scene } from './scenery.ts';
import { createStage } from './stage.ts';
import { fillEtcd, wearOut } from './wear-out.ts';

/** All that was done on a control plane, as those who did it know it. */
export interface Performance extends Scene {
  acts: readonly Act[];
}

/** Does everything that a query of the catalogue is about, and returns when the audit log knows it. */
export async function perform(
  { front, folder }: Pick<AuditedPlane, 'front' | 'folder'>,
  kubectl: string,
): Promise<Performance> {
  const stage = createStage(front, kubectl, folder);
  try {
    const scene = await buildScenery(stage);
    for (const part of [drain, changeAccess, reachIn, overstep, callWebhooks, wearOut, fillEtcd]) await part(stage);
    await written(join(folder, 'audit.log'), front.acts);
    return { ...scene, acts: [...front.acts] };
  } finally {
    stage.close();
  }
}

/** An answer is there before the last word about it is in the log. */
async function written(file: string, acts: readonly Act[]): Promise<void> {
  const last = acts.findLast(({ verb }) => verb !== 'watch')?.id ?? '';
  for (let looks = 0; looks < 600; looks += 1) {
    if (existsSync(file) && readFileSync(file, 'utf8').includes(last)) return;
    await delay(100);
  }
  throw new Error('the audit log did not get its last event');
}
