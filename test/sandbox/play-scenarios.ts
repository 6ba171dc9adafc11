import { join } from 'node:path';
import { type Result, runScenario } from '../../sandbox/run-scenario.ts';
import type { Scenario } from '../../sandbox/scenarios/scenario.ts';
import type { Line, Progress } from '../../sandbox/story/line.ts';

export interface Played {
  result: Result;
  lines: Line[];
  progress: Progress[];
  /** Texts of the lines of one kind. */
  textsOf(mark: string): string[];
}

/** Plays them at the same time, each in a world of its own. */
export async function playScenarios(scenarios: readonly Scenario[], folder: string): Promise<Map<string, Played>> {
  const played = scenarios.map(async (scenario) => {
    const lines: Line[] = [];
    const progress: Progress[] = [];
    const listener = {
      line: (line: Line) => void lines.push(line),
      progress: (at: Progress) => void progress.push(at),
    };
    const result = await runScenario(scenario, join(folder, scenario.name), listener, new AbortController().signal);
    const textsOf = (mark: string) => lines.filter((line) => line.mark === mark).map(({ text }) => text);
    return [scenario.name, { result, lines, progress, textsOf }] as const;
  });
  return new Map(await Promise.all(played));
}
