const most = 3;

/** Of those that there are, the few that may have been meant, nearest first. */
export function nearNames(asked: string, names: readonly string[]): string[] {
  const far = Math.max(2, Math.floor(asked.length / 5));
  return names
    .map((name) => ({ name, edits: name.startsWith(asked) && asked !== '' ? 0 : distance(asked, name) }))
    .filter(({ edits }) => edits <= far)
    .sort((a, b) => a.edits - b.edits || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

/** Characters to change, add or leave out. https://en.wikipedia.org/wiki/Levenshtein_distance */
function distance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...from].entries()) {
    const line = [row + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const changed = (above[column - 1] ?? 0) + (to[column - 1] === letter ? 0 : 1);
      line.push(Math.min(changed, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1));
    }
    above = line;
  }
  return above[to.length] ?? 0;
}
