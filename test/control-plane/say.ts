/** One line of progress, where it disturbs no output. */
export function say(line: string): void {
  process.stderr.write(`control-plane: ${line}\n`);
}
