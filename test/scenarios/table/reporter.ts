import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase } from 'vitest/node';

/** What the table is made of: every test of a run. */
export interface RunRecord {
  /** Of the test files, from the project's root. */
  files: string[];
  tests: TestRecord[];
}

export interface TestRecord {
  file: string;
  /** Titles of the describe blocks around it, outermost first. */
  ancestors: string[];
  title: string;
  state: 'passed' | 'failed' | 'skipped' | 'pending';
}

/** A reporter for vitest that writes a RunRecord into the file that SCENARIO_RECORD names. */
// biome-ignore lint/style/noDefaultExport: vitest takes what a reporter's file exports by default, and calls it with `new`.
export default function scenarioReporter(): Reporter {
  return {
    onTestRunEnd: (modules) => {
      const files = modules.map((module) => module.relativeModuleId);
      const tests = modules.flatMap((module) => [...module.children.allTests()].map(recordOf));
      const record: RunRecord = { files, tests };
      if (process.env.SCENARIO_RECORD) writeFileSync(process.env.SCENARIO_RECORD, JSON.stringify(record));
    },
  };
}

function recordOf(test: TestCase): TestRecord {
  const ancestors: string[] = [];
  for (let suite = test.parent; suite.type === 'suite'; suite = suite.parent) ancestors.unshift(suite.name);
  return { file: test.module.relativeModuleId, ancestors, title: test.name, state: test.result().state };
}
