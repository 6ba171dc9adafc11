import { parentPort } from 'node:worker_threads';
import { checkRuns } from './check-runs.ts';
import type { SoakNews, SoakPart } from './soak.ts';

const tell = (news: SoakNews) => parentPort?.postMessage(news);

parentPort?.on('message', async (part: SoakPart) => {
  tell(await checkRuns({ ...part, onRun: () => tell('run') }));
});
