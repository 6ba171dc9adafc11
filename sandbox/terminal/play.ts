import { join } from 'node:path';
import { styleText } from 'node:util';
import type { runScenario } from '../run-scenario.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { formatLine } from './format-line.ts';
import type { Screen } from './screen.ts';
import { failureLine, resultLine, summary } from './summary.ts';
import { wrap } from './wrap.ts';

export interface Stage {
  run: typeof runScenario;
  screen: Screen;
  /** Each scenario has one of its own in it. */
  folder: string;
}

const starting = { done: 0, total: 1, doing: 'starting a cluster, an AWS endpoint and the functions' };
const whatIsReal = 'The handlers and the state machine are real; the cluster and AWS are models on 127.0.0.1.';

/** Shows one scenario from its first event to its report; true when all is as it must be. */
export async function playOne(
  scenario: Scenario,
  signal: AbortSignal,
  { run, screen, folder }: Stage,
): Promise<boolean> {
  const columns = screen.columns ?? Number.POSITIVE_INFINITY;
  const about = [scenario.shows, whatIsReal].flatMap((sentence) => wrap(sentence, columns));
  screen.print(styleText('bold', `${scenario.name}: ${scenario.title}`), ...about, '');
  screen.progress(starting);
  const listener: Parameters<typeof run>[2] = {
    line: (line) => screen.print(...formatLine(line, screen.columns)),
    progress: screen.progress,
  };
  const result = await run(scenario, join(folder, scenario.name), listener, signal);
  screen.close();
  screen.print(...summary(scenario, result, screen.columns));
  return result.broken.length === 0;
}

/** A line a scenario; true when all of all is as it must be. One that breaks down does not keep the next from its turn. */
export async function playAll(
  scenarios: readonly Scenario[],
  signal: AbortSignal,
  { run, screen, folder }: Stage,
): Promise<boolean> {
  let fine = true;
  for (const scenario of scenarios) {
    const progress: Screen['progress'] = (at) => screen.progress({ ...at, doing: `${scenario.name}: ${at.doing}` });
    progress(starting);
    try {
      const result = await run(scenario, join(folder, scenario.name), { line: () => {}, progress }, signal);
      screen.print(resultLine(scenario, result));
      fine &&= result.broken.length === 0;
    } catch (error) {
      signal.throwIfAborted();
      screen.print(failureLine(scenario, error));
      fine = false;
    }
  }
  return fine;
}
