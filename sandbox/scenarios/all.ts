import { duplicateEvent } from './duplicate-event.ts';
import { forceAtDeadline } from './force-at-deadline.ts';
import { forgedEvent } from './forged-event.ts';
import { happy } from './happy.ts';
import { launch } from './launch.ts';
import { launchNeverReady } from './launch-never-ready.ts';
import { loadBalancer } from './load-balancer.ts';
import { neverJoined } from './never-joined.ts';
import { pdbBlocked } from './pdb-blocked.ts';
import { rebalance } from './rebalance.ts';
import { retirement } from './retirement.ts';
import type { Scenario } from './scenario.ts';
import { spot } from './spot.ts';
import { statefulVolume } from './stateful-volume.ts';
import { storm } from './storm.ts';
import { stuckWebhook } from './stuck-webhook.ts';
import { warmPool } from './warm-pool.ts';

/** In the order in which they are best seen. */
export const scenarios: readonly Scenario[] = [
  happy,
  pdbBlocked,
  forceAtDeadline,
  stuckWebhook,
  statefulVolume,
  loadBalancer,
  neverJoined,
  duplicateEvent,
  forgedEvent,
  launch,
  launchNeverReady,
  warmPool,
  spot,
  rebalance,
  retirement,
  storm,
];
