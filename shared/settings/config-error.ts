/** Everything that is wrong with a function's settings, at once. Problems name keys, never their values. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(
      `${problems.length === 1 ? 'one problem' : `${problems.length} problems`} in the settings: ${problems.join('; ')}`,
    );
    this.problems = problems;
  }
}
