import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import cliProgress from 'cli-progress';
import type { Checked } from './check-runs.ts';

/** What a worker is asked, and what it answers: `run` for each scenario that it plays, then the outcome. */
export interface SoakPart {
  of: 'drains' | 'launches';
  seed: number;
  runs: number;
}
export type SoakNews = 'run' | Checked;

const partRuns = 500;
/** Each fifth part. */
const launchesEvery = 5;

const runs = wholeNumber('FAULTS_RUNS', 100_000);
const firstSeed = wholeNumber('FAULTS_SEED', Date.now() % 2 ** 31);
const beganAt = performance.now();
const bar = new cliProgress.SingleBar({
  format: '{value} of {total} runs, {percentage} %, {eta_formatted} left',
  stream: process.stdout,
  noTTYOutput: true,
  notTTYSchedule: 60_000,
  etaBuffer: 2_000,
});
let asked = 0;

console.log(`Playing ${runs} scenarios with faults, FAULTS_SEED=${firstSeed}`);
bar.start(runs, 0);
await Promise.all(Array.from({ length: availableParallelism() }, work));
bar.stop();
console.log(`No invariant is broken in ${runs} runs; ${((performance.now() - beganAt) / 1000).toFixed(0)} s`);

/** One worker takes part after part, each with a seed of its own, until all are taken or one fails. */
async function work(): Promise<void> {
  const worker = new Worker(new URL('./soak-worker.ts', import.meta.url));
  while (asked < runs) {
    const index = Math.floor(asked / partRuns);
    const of = index % launchesEvery === launchesEvery - 1 ? 'launches' : 'drains';
    const part: SoakPart = { of, seed: firstSeed + index, runs: Math.min(partRuns, runs - asked) };
    asked += part.runs;
    const { failure } = await ask(worker, part);
    if (failure === undefined) continue;
    bar.stop();
    console.error(failure);
    process.exit(1);
  }
  await worker.terminate();
}

function ask(worker: Worker, part: SoakPart): Promise<Checked> {
  return new Promise((resolve, reject) => {
    const hear = (news: SoakNews) => {
      if (news === 'run') {
        bar.increment();
        return;
      }
      worker.off('message', hear);
      worker.off('error', reject);
      resolve(news);
    };
    worker.on('message', hear);
    worker.once('error', reject);
    worker.postMessage(part);
  });
}

function wholeNumber(name: string, otherwise: number): number {
  const text = process.env[name] ?? String(otherwise);
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  console.error(`${name} is to be a whole number from 1 on, not ${JSON.stringify(text)}`);
  process.exit(2);
}
