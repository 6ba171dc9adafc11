import fc from 'fast-check';
import { scenarios } from './arbitrary-events.ts';
import { launches } from './launch/arbitrary.ts';
import { playLaunch } from './launch/play-launch.ts';
import { tellLaunch } from './launch/tell.ts';
import { runScenario } from './run-scenario.ts';
import { type Played, tellJournal, tellScenario } from './tell.ts';

export interface Checked {
  runs: number;
  /** What a person needs to know about a failure; undefined: there was none. */
  failure: string | undefined;
}

/** Something that can be made at random, played, and told. */
export interface Play<Scenario> {
  /** The tests that replay it. */
  tests: string;
  arbitrary: fc.Arbitrary<Scenario>;
  play(scenario: Scenario): Promise<Played>;
  tell(scenario: Scenario): string;
}

export const drains: Play<typeof scenarios extends fc.Arbitrary<infer S> ? S : never> = {
  tests: 'test/faults/faults-1',
  arbitrary: scenarios,
  play: runScenario,
  tell: tellScenario,
};

export const joins: Play<typeof launches extends fc.Arbitrary<infer S> ? S : never> = {
  tests: 'test/faults/launches',
  arbitrary: launches,
  play: playLaunch,
  tell: tellLaunch,
};

class BrokenInvariant extends Error {
  override name = 'BrokenInvariant';
}

/** Plays so many scenarios of a seed; of one that breaks an invariant it looks for the shortest that does. */
export async function checkRuns<Scenario>(
  kind: Play<Scenario>,
  options: { seed: number; runs: number; path?: string | undefined; onRun?: () => void },
): Promise<Checked> {
  const { seed, runs, path, onRun } = options;
  const property = fc.asyncProperty(kind.arbitrary, async (scenario) => {
    onRun?.();
    const { violation } = await kind.play(scenario);
    if (violation) throw new BrokenInvariant(violation.invariant);
  });
  const outcome = await fc.check(property, {
    seed,
    numRuns: runs,
    ...(path ? { path } : {}),
    ...(path ? { endOnFailure: true } : {}),
  });
  if (!outcome.failed) return { runs: outcome.numRuns, failure: undefined };
  const [shortest] = outcome.counterexample ?? [];
  const cause = outcome.errorInstance;
  return {
    runs: outcome.numRuns,
    failure: await tell(kind, shortest, {
      seed,
      path: outcome.counterexamplePath,
      cause,
      shrinks: outcome.numShrinks,
      runs: outcome.numRuns,
    }),
  };
}

async function tell<Scenario>(
  kind: Play<Scenario>,
  scenario: Scenario | undefined,
  how: { seed: number; path: string | null; cause: unknown; shrinks: number; runs: number },
): Promise<string> {
  if (!scenario) return String(how.cause);
  const ran = await kind.play(scenario).catch((error: unknown) => String(error instanceof Error ? error.stack : error));
  const broken =
    typeof ran === 'string'
      ? ran
      : ran.violation
        ? `${ran.violation.invariant}: ${ran.violation.text}`
        : `not broken again; it was: ${how.cause}`;
  return [
    `After ${how.runs} runs (${how.shrinks} shrinks) an invariant is broken: ${broken}`,
    '',
    kind.tell(scenario),
    '',
    ...(typeof ran === 'string' ? [] : [tellJournal(ran), '']),
    `Replay: FAULTS_SEED=${how.seed} FAULTS_PATH=${how.path} npm test -- ${kind.tests}`,
  ].join('\n');
}
