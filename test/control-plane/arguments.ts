/** What `npm run test:cluster -- …` was asked for. */
export interface RunArguments {
  help: boolean;
  /** Only say where the clusters would come from. */
  check: boolean;
  /** Leave the folders with the logs. */
  keep: boolean;
  /** For vitest. */
  options: string[];
  /** Test files to run in place of all; for vitest. */
  filters: string[];
  /** Not all the tests are run: nothing can be said of all the scenarios. */
  narrowed: boolean;
}

const own = ['--help', '--check', '--keep'];
const narrowing = /^(-t|--testNamePattern|--shard|--changed|--exclude|--bail)(=|$)/;

/** An option takes its value behind `=`: whatever does not begin with a dash is a file to run. */
export function parseArguments(words: readonly string[]): RunArguments {
  const options = words.filter((word) => word.startsWith('-') && word !== '--' && !own.includes(word));
  const filters = words.filter((word) => !word.startsWith('-'));
  return {
    help: words.includes('--help'),
    check: words.includes('--check'),
    keep: words.includes('--keep'),
    options,
    filters,
    narrowed: filters.length > 0 || options.some((option) => narrowing.test(option)),
  };
}
