import { checkRuns } from './check-runs.ts';

/** The same scenarios each time, so that a change is red because of what it changes; `npm run test:soak` plays others. */
const baseSeed = 20_261_121;
const runsOfAShard = 500;

/** The failure of this part of the runs, if there is one. `FAULTS_SEED` and `FAULTS_PATH` replay one of before instead. */
export async function checkShard(shard: number): Promise<string | undefined> {
  const { FAULTS_SEED, FAULTS_PATH } = process.env;
  if (FAULTS_SEED === undefined) return (await checkRuns({ seed: baseSeed + shard, runs: runsOfAShard })).failure;
  if (shard > 1) return undefined;
  return (await checkRuns({ seed: Number(FAULTS_SEED), runs: runsOfAShard, path: FAULTS_PATH })).failure;
}
