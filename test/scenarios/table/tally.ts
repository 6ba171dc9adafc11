import type { TestRecord } from './reporter.ts';
import type { Scenario } from './scenario.ts';
import { type Column, columnOf, scenariosInTitle } from './scenarios-in-title.ts';

/** What a run showed of one scenario. */
export interface Tallied {
  scenario: Scenario;
  /** Of the tests that passed, from the project's root, in order. */
  files: string[];
  /** How many tests passed. */
  passed: Record<Column, number>;
}

/** Counts the tests that passed, by scenario. Throws for a T-number that the catalogue does not have. */
export function tally(catalogue: readonly Scenario[], tests: readonly TestRecord[]): Tallied[] {
  const rows = new Map(
    catalogue.map((scenario) => [
      scenario.number,
      { scenario, files: new Set<string>(), passed: { sandbox: 0, real: 0 } },
    ]),
  );
  for (const { file, ancestors, title, state } of tests) {
    const column = columnOf(ancestors);
    for (const number of scenariosInTitle(title)) {
      const row = rows.get(number);
      if (!row) throw new Error(`${file}: '${title}': there is no scenario ${number}`);
      if (state !== 'passed' || !column) continue;
      row.files.add(file);
      row.passed[column]++;
    }
  }
  return [...rows.values()].map((row) => ({ ...row, files: [...row.files].sort() }));
}

/** In words, the scenarios that no test showed in one of the columns. */
export function missingIn(rows: readonly Tallied[]): string[] {
  return rows.flatMap(({ scenario, passed }) =>
    (['sandbox', 'real'] as const)
      .filter((column) => passed[column] === 0)
      .map(
        (column) =>
          `${scenario.number} has no passing test ${column === 'real' ? 'on a real API server' : 'in the sandbox'}`,
      ),
  );
}
