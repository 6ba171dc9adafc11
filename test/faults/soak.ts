import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Checked } from './check-runs.ts';

/** What a worker is asked, and what it answers: `run` for each scenario that it plays, then the outcome. */
export interface SoakPart {
  seed: number;
  runs: number;
}
export type SoakNews = 'run' | Checked;

const partRuns = 500;
const runs = Number(process.env.FAULTS_RUNS ?? 100_000);
const seed = Number(process.env.FAULTS_SEED ?? Date.now() % 2 ** 31);
const beganAt = performance.now();
let asked = 0;
let done = 0;

const say = (text: string) => process.stdout.write(text);
const seconds = () => (performance.now() - beganAt) / 1000;
const progress = () => say(`\r${done} of ${runs} runs, ${(done / seconds()).toFixed(1)} a second`);

say(`Playing ${runs} scenarios with faults, seeds from ${seed}\n`);
const ticking = setInterval(progress, 2_000);
await Promise.all(Array.from({ length: availableParallelism() }, work));
clearInterval(ticking);
progress();
say(`\nNo invariant is broken; ${seconds().toFixed(0)} s\n`);

/** One worker takes part after part, each with a seed of its own, until all are taken or one fails. */
async function work(): Promise<void> {
  const worker = new Worker(new URL('./soak-worker.ts', import.meta.url));
  while (asked < runs) {
    const part: SoakPart = { seed: seed + Math.floor(asked / partRuns), runs: Math.min(partRuns, runs - asked) };
    asked += part.runs;
    const { failure } = await ask(worker, part);
    if (failure === undefined) continue;
    clearInterval(ticking);
    say(`\n${failure}\n`);
    process.exit(1);
  }
  await worker.terminate();
}

function ask(worker: Worker, part: SoakPart): Promise<Checked> {
  return new Promise((resolve, reject) => {
    const hear = (news: SoakNews) => {
      if (news === 'run') {
        done += 1;
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
