import type { Pod } from '../../../sandbox/cluster/objects.ts';
import type { DrainPolicy } from '../../../shared/lifecycle/policy.ts';
import type { FrontRequest } from '../eks-front/front-request.ts';
import type { ControlPlane } from './control-plane.ts';
import { type Journal, openJournal } from './journal.ts';
import { openWhole } from './open-whole.ts';
import { openStage, type Stage } from './stage.ts';

/** Calls back when the test is over, the last one first. */
type Finally = (close: () => Promise<void>) => void;

/** What there was to see of a drain, from when all was well. */
export interface Seen {
  journal: Journal;
  requests: readonly FrontRequest[];
  /** The stage's pods just before. */
  before: readonly Pod[];
}

/** A cluster, a stage in it and the deployment in front of it, which all go with the test. */
export async function setUp(open: () => Promise<ControlPlane>, policy: DrainPolicy, atTheEnd: Finally) {
  const plane = await open();
  atTheEnd(plane.close);
  const stage = await openStage(plane.admin);
  atTheEnd(stage.close);
  const whole = await openWhole(plane, policy);
  atTheEnd(whole.close);
  return { plane, stage, whole };
}

export async function watchFromNow(plane: ControlPlane, stage: Stage): Promise<Seen> {
  const journal = await openJournal(plane.admin, stage);
  return { journal, requests: plane.requests, before: await stage.list<Pod>(stage.paths.pods) };
}
