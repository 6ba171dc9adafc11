import { commandLine } from './shell-quote.ts';

/** A command of kubectl in a namespace. */
export function inNamespace(namespace: string, ...words: readonly string[]): string {
  return commandLine('kubectl', '-n', namespace, ...words);
}
