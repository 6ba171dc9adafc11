import { duplicateEvent } from './duplicate-event.ts';
import { forceAtDeadline } from './force-at-deadline.ts';
import { forgedEvent } from './forged-event.ts';
import { happy } from './happy.ts';
import { neverJoined } from './never-joined.ts';
import { pdbBlocked } from './pdb-blocked.ts';
import type { Scenario } from './scenario.ts';
import { statefulVolume } from './stateful-volume.ts';
import { stuckWebhook } from './stuck-webhook.ts';

/** In the order in which they are best seen. */
export const scenarios: readonly Scenario[] = [
  happy,
  pdbBlocked,
  forceAtDeadline,
  stuckWebhook,
  statefulVolume,
  neverJoined,
  duplicateEvent,
  forgedEvent,
];
