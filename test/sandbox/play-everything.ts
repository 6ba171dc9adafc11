import type { Scenario } from '../../sandbox/scenarios/scenario.ts';
import { playScenarios } from './play-scenarios.ts';
import { start } from './start-process.ts';

/** Scenarios in this process, and `npm start` in some of its ways; in real time, and therefore beside each other. */
export async function playEverything(inProcess: Scenario[], folder: string) {
  const [played, happy, unknown, interrupted, unread] = await Promise.all([
    playScenarios(inProcess, folder),
    start(folder, []),
    start(folder, ['--scenario', 'nope']),
    start(folder, ['--scenario', 'never-joined'], { at: ' event ', by: (child) => child.kill('SIGINT') }),
    start(folder, ['--scenario', 'forged-event'], { at: 'real', by: (child) => child.stdout?.destroy() }),
  ]);
  return { played, happy, unknown, interrupted, unread };
}
