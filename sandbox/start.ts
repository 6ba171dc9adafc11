import { parseArgs } from 'node:util';
import { runScenario } from './run-scenario.ts';
import { scenarios } from './scenarios/all.ts';
import { serveAccount } from './serve-account.ts';
import { playAll, playOne } from './terminal/play.ts';
import { openScreen, type Screen } from './terminal/screen.ts';
import { scenarioList, usage } from './terminal/usage.ts';

const screen = openScreen(process.stdout);
const interrupted = new AbortController();
// A second time it ends the process at once, as is usual.
process.once('SIGINT', () => {
  process.exitCode = 130;
  interrupted.abort(new Error('interrupted'));
  screen.close();
  screen.print('', 'Stopping: the servers and functions are closed.');
});

// Whoever reads may have enough, as `head` does: then nobody is left to tell.
process.stdout.on('error', (error) => interrupted.abort(error));

try {
  const exitCode = await main(screen, interrupted.signal);
  screen.close();
  process.exitCode ??= exitCode;
} catch (error) {
  screen.close();
  if (!interrupted.signal.aborted) {
    screen.print('', `The sandbox broke down: ${describe(error)}`);
    process.exitCode = 1;
  }
}

async function main(screen: Screen, signal: AbortSignal): Promise<number> {
  const asked = readArguments();
  if ('problem' in asked) {
    screen.print(asked.problem, '', 'Scenarios:', ...scenarioList);
    return 2;
  }
  if (asked.help) {
    screen.print(...usage);
    return 0;
  }
  if (asked.serve) {
    await serveAccount(screen, '.sandbox', signal);
    return 0;
  }
  const run: typeof runScenario = (...all) => runScenario(all[0], all[1], all[2], all[3], asked.built);
  const stage = { run, screen, folder: '.sandbox' };
  if (asked.scenario === 'all') return (await playAll(scenarios, signal, stage)) ? 0 : 1;
  const scenario = scenarios.find(({ name }) => name === asked.scenario);
  if (scenario) return (await playOne(scenario, signal, stage)) ? 0 : 1;
  screen.print(`There is no scenario ${asked.scenario}.`, '', 'Scenarios:', ...scenarioList);
  return 2;
}

interface Arguments {
  scenario: string;
  /** Functions to run in place of the sources. */
  built?: string | undefined;
  serve: boolean;
  help: boolean;
}

function readArguments(): Arguments | { problem: string } {
  try {
    const options = {
      scenario: { type: 'string', default: 'happy' },
      built: { type: 'string' },
      serve: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    } as const;
    return parseArgs({ options }).values;
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${describe(error.cause)}`;
}
