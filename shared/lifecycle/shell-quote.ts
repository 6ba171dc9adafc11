/** One word of a command line, whatever is in it. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** A command line out of its words. */
export function commandLine(...words: readonly string[]): string {
  return words.map(quote).join(' ');
}
