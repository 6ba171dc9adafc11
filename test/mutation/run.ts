import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { mutationPage } from './page.ts';
import { compare, isSurvivor, keyOf, type Mutant, type Reasons, survivorOf } from './survivors.ts';

const core = 'shared/lifecycle';
const page = 'docs/mutation.md';

const usage = `usage: npm run test:mutation [-- FILE_OR_FOLDER]

Mutates ${core}, or the file or folder given, and runs the tests that stand beside it under test/.
Reports in coverage/mutation/NAME_OF_FOLDER. CONCURRENCY sets the number of workers (2).`;

/** Stryker's JSON report, as far as it is read here: the code as it was when it was mutated, and what became of it. */
interface Report {
  files: Record<string, { source: string; mutants: Omit<Mutant, 'fileName'>[] }>;
}

async function main([given = core, ...more]: string[]): Promise<void> {
  if (given.startsWith('-') || more.length > 0) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  process.chdir(new URL('../..', import.meta.url).pathname);
  const target = given.replace(/\/$/, '');
  const { files } = await mutate(target);
  if (!target.startsWith(core)) return;

  const mutants = Object.entries(files).flatMap(([fileName, { mutants }]) =>
    mutants
      .toSorted((a, b) => Number(a.id) - Number(b.id))
      .filter(({ status }) => ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status))
      .map((mutant) => ({ ...mutant, fileName })),
  );
  const survivors = mutants
    .filter(isSurvivor)
    .map((mutant) => survivorOf(mutant, files[mutant.fileName]?.source ?? ''));
  const known = JSON.parse(readFileSync('test/mutation/reasons.json', 'utf8')) as Reasons;
  const reasons = Object.fromEntries(Object.entries(known).filter(([file]) => file.startsWith(target)));
  const { unexplained, idle } = compare(survivors, reasons);
  for (const survivor of unexplained) fail(`survived, and no reason is known: ${keyOf(survivor)}`);
  for (const key of idle) fail(`has a reason to survive, and does not: ${key}`);
  if (target === core) rewrite(page, mutationPage(mutants, survivors, reasons));
}

async function mutate(target: string): Promise<Report> {
  const folder = target.replace(/\/[^/]*\.ts$/, '');
  const reports = join('coverage/mutation', basename(folder));
  const tempDirName = mkdtempSync(join(tmpdir(), 'mutation-'));
  process.env.TESTS_OF = folder;
  try {
    await new Stryker({
      mutate: [target.endsWith('.ts') ? target : `${target}/**/*.ts`],
      testRunner: 'vitest',
      plugins: ['@stryker-mutator/vitest-runner'],
      vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
      coverageAnalysis: 'perTest',
      // Where a tsconfig is there, Stryker reads it with TypeScript's JavaScript API, which TypeScript 7 does not have.
      ignorePatterns: ['/tsconfig.json', '/dist', '/cdk.out', '/coverage', '/docs', '/.sandbox'],
      disableTypeChecks: false,
      concurrency: Number(process.env.CONCURRENCY ?? 2),
      // A survivor must not pass for killed on a machine that is busy with other things.
      timeoutMS: 15_000,
      thresholds: { high: 95, low: 90, break: folder === core ? 90 : null },
      reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
      clearTextReporter: { logTests: false, reportTests: false },
      htmlReporter: { fileName: join(reports, 'index.html') },
      jsonReporter: { fileName: join(reports, 'mutation.json') },
      tempDirName,
      cleanTempDir: 'always',
    }).runMutationTest();
    return JSON.parse(readFileSync(join(reports, 'mutation.json'), 'utf8')) as Report;
  } finally {
    rmSync(tempDirName, { recursive: true, force: true });
  }
}

function rewrite(path: string, text: string): void {
  const before = readFileSync(path, { encoding: 'utf8', flag: 'a+' });
  writeFileSync(path, text);
  if (text !== before) fail(`${path} was out of date and is written anew`);
}

function fail(what: string): void {
  console.error(`\n${what}`);
  process.exitCode = 1;
}

await main(process.argv.slice(2));
