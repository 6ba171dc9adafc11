import { createInterface } from 'node:readline/promises';

/** Asks on stderr, since stdout is for data. Only y and yes are yes; the end of the input is no. Throws the signal's reason. */
export async function confirm(question: string, signal: AbortSignal): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const ended = Promise.withResolvers<string>();
  lines.once('close', () => ended.resolve(''));
  // In a terminal's own mode Ctrl-C comes as a key.
  lines.once('SIGINT', () => process.emit('SIGINT'));
  try {
    const answer = await Promise.race([lines.question(`${question} [y/N] `, { signal }), ended.promise]);
    return /^y(es)?$/i.test(answer.trim());
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    lines.close();
  }
}
