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

/** Each has two or three threads to load, in real time: more at once than that, and all of them are late. */
const atOnce = 6;

/** Plays them beside each other, each in a world of its own. */
export async function playScenarios(scenarios: readonly Scenario[], folder: string): Promise<Map<string, Played>> {
  const played = new Map<string, Played>();
  const waiting = scenarios.values();
  const player = async () => {
    for (const scenario of waiting) played.set(scenario.name, await play(scenario, folder));
  };
  await Promise.all(Array.from({ length: atOnce }, player));
  return played;
}

async function play(scenario: Scenario, folder: string): Promise<Played> {
  const lines: Line[] = [];
  const progress: Progress[] = [];
  const listener = {
    line: (line: Line) => void lines.push(line),
    progress: (at: Progress) => void progress.push(at),
  };
  const result = await runScenario(scenario, join(folder, scenario.name), listener, new AbortController().signal);
  const textsOf = (mark: string) => lines.filter((line) => line.mark === mark).map(({ text }) => text);
  return { result, lines, progress, textsOf };
}
