import { readFileSync } from 'node:fs';

/** Adds up the JSON reports of test runs. A file that could not even be loaded counts as one failed test. */
let passed = 0;
let failed = 0;
for (const path of process.argv.slice(2)) {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(path, 'utf8'));
  passed += numPassedTests;
  failed += numFailedTests;
  failed += testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some(isFailed)).length;
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
if (passed === 0) process.exitCode = 1;

function isFailed(test) {
  return test.status === 'failed';
}
