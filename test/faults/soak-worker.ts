import { parentPort } from 'node:worker_threads';
import { checkRuns, drains, joins } from './check-runs.ts';
import type { SoakNews, SoakPart } from './soak.ts';

const tell = (news: SoakNews) => parentPort?.postMessage(news);

parentPort?.on('message', async (part: SoakPart) => {
  const options = { ...part, onRun: () => tell('run') };
  tell(await (part.of === 'launches' ? checkRuns(joins, options) : checkRuns(drains, options)));
});
