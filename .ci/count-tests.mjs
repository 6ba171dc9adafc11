import { readFileSync } from 'node:fs';

/**
 * Adds up the JSON reports of test runs, and names on stderr what failed and what passed only when it was run again. A file that could not
 * even be loaded counts as one failed test, and so does a run that failed without saying what did, or whose report is missing. Arguments:
 * the number of failed stages that are no tests, then the exit code and the report of each run.
 */
const [failedStages, ...runs] = process.argv.slice(2);
let passed = 0;
let failed = Number(failedStages);
for (let i = 0; i < runs.length; i += 2) {
  const counts = countReport(runs[i + 1]);
  passed += counts.passed;
  failed += runs[i] === '0' ? counts.failed : Math.max(1, counts.failed);
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
if (passed === 0 || failed > 0) process.exitCode = 1;

function countReport(path) {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(path, 'utf8'));
    const broken = testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some(isFailed));
    const counts = { passed: numPassedTests, failed: numFailedTests + broken.length };
    if (!Number.isInteger(counts.passed) || !Number.isInteger(counts.failed)) throw new TypeError('no counts in it');
    for (const file of testResults) tell(file);
    for (const file of broken) say('failed', file, '(the file itself)', file.message);
    return counts;
  } catch (error) {
    process.stderr.write(`report ${path}: ${error.message}\n`);
    return { passed: 0, failed: 1 };
  }
}

function isFailed(test) {
  return test.status === 'failed';
}

function tell(file) {
  for (const test of file.assertionResults) {
    const messages = test.failureMessages ?? [];
    if (isFailed(test)) say('failed', file, test.fullName, messages.join('\n'));
    else if (messages.length > 0) say('passed only when it was run again', file, test.fullName, messages.join('\n'));
  }
}

function say(what, file, name, message = '') {
  const lines = message.split('\n').slice(0, 12);
  process.stderr.write(`\n${what}: ${file.name} > ${name}\n${lines.map((line) => `    ${line}\n`).join('')}`);
}
