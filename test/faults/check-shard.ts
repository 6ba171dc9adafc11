import { checkRuns, drains, joins, type Play } from './check-runs.ts';

/** The same scenarios each time, so that a change is red because of what it changes; `npm run test:soak` plays others. */
const baseSeed = 20_261_121;
const runsOfAShard = 500;
const runsOfLaunches = 400;

/** The failure of this part of the drains, if there is one. `FAULTS_SEED` and `FAULTS_PATH` replay one of before instead. */
export async function checkShard(shard: number): Promise<string | undefined> {
  const isReplay = process.env.FAULTS_SEED !== undefined;
  return isReplay && shard > 1 ? undefined : check(drains, baseSeed + shard, runsOfAShard);
}

export async function checkLaunches(): Promise<string | undefined> {
  return check(joins, baseSeed, runsOfLaunches);
}

async function check<Scenario>(kind: Play<Scenario>, seed: number, runs: number): Promise<string | undefined> {
  const { FAULTS_SEED, FAULTS_PATH } = process.env;
  if (FAULTS_SEED === undefined) return (await checkRuns(kind, { seed, runs })).failure;
  return (await checkRuns(kind, { seed: Number(FAULTS_SEED), runs, path: FAULTS_PATH })).failure;
}
