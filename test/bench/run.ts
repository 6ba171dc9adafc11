import { globSync } from 'node:fs';
import type { Bench } from './result.ts';

/** `npm run bench [word …]`: every *-bench.ts here, or those whose names hold one of the words. Ends with 1 over a limit. */
const words = process.argv.slice(2);
const files = globSync('*-bench.ts', { cwd: import.meta.dirname }).sort();
const chosen = files.filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
if (chosen.length === 0) throw new Error(`no bench is called ${words.join(' or ')}; there are ${files.join(', ')}`);

let missed = 0;
for (const file of chosen) {
  const { bench } = (await import(`./${file}`)) as { bench: Bench };
  for (const { name, value, limit, unit, detail } of await bench()) {
    if (!(value <= limit)) missed++;
    const figures = `${value.toFixed(2)} ${unit} of at most ${limit} ${unit}`;
    console.log(`${value <= limit ? 'ok  ' : 'OVER'}  ${name.padEnd(24)} ${figures.padEnd(26)} ${detail}`);
  }
}
process.exitCode = missed === 0 ? 0 : 1;
