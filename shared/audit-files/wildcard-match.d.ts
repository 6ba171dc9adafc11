/** The package has types, and an `exports` in which TypeScript does not find them. */
declare module 'wildcard-match' {
  /** With `separator: false` a star stands for slashes, too. */
  function wildcardMatch(pattern: string, options: { separator: false }): (sample: string) => boolean;
  export = wildcardMatch;
}
