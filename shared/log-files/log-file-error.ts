/** A log that cannot be queried: names it, says why, and what to do next where that is not plain. */
export class LogFileError extends Error {
  override readonly name = 'LogFileError';
}

/** It is no log, or another than the query is about: among others it may be passed over. */
export class OtherLogError extends LogFileError {}

/** A name from outside, so that what it hides can be seen. */
export const shown = (name: string) => (/^[\x20-\x7e]+$/.test(name) ? name : JSON.stringify(name));
