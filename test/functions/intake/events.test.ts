import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createInvocation, readEvent } from './invoke.ts';

interface Expectation {
  answer: 'nothing' | 'throws' | { batchItemFailures: { itemIdentifier: string }[] };
  lines: Record<string, unknown>[];
}

const expected = readEvent('expected.json') as Record<string, Expectation>;
const files = readdirSync(new URL('../../../events', import.meta.url)).filter(
  // What the function for drains by hand is asked is its own: test/functions/drain/events.test.ts.
  (file) => file.endsWith('.json') && file !== 'expected.json' && !file.startsWith('manual-'),
);
const compared = ['outcome', 'reason', 'text', 'kind', 'instance', 'group', 'hook', 'execution'];

/** Records are worked on side by side, so their lines come in any order. */
const inOrder = (things: unknown[]) =>
  things.map((thing) => JSON.stringify(thing, Object.keys(thing ?? {}).sort())).sort();

describe('events/', () => {
  it('has an expectation and a row in its table for every file, and for nothing else', () => {
    const readme = readFileSync(new URL('../../../events/README.md', import.meta.url), 'utf8');
    const rows = [...readme.matchAll(/^\| \[`((?!manual-).+?)`\]\((.+?)\) *\|/gm)].map(([, name]) => name);
    expect(Object.keys(expected).sort()).toEqual(files.sort());
    expect(rows.sort()).toEqual(files.sort());
  });

  it.each(files)('%s is answered as its expectation says, and starts nothing else', async (file) => {
    const { answer, lines } = expected[file] ?? { answer: 'throws', lines: [] };
    const { invoke, ...intake } = createInvocation();
    const invoked = invoke(readEvent(file));
    if (answer === 'throws') {
      const failures = lines
        .filter(({ outcome }) => outcome === 'malformed')
        .map(({ text }) => new Error(text as string));
      await expect(invoked).rejects.toEqual(
        new AggregateError(failures, `intake failed: ${failures.map(({ message }) => message).join('; ')}`),
      );
    } else expect(await invoked).toEqual(answer === 'nothing' ? undefined : answer);

    const said = intake
      .lines()
      .map(({ fields }) => Object.fromEntries(Object.entries(fields).filter(([name]) => compared.includes(name))));
    expect(inOrder(said)).toEqual(inOrder(lines));
    const named = lines.map(({ execution }) => execution).filter((execution) => execution !== undefined);
    expect(intake.executions.names()).toEqual([...new Set(named)]);
    const counts = lines.map(({ outcome }) => `EventsTaken 1 {"Outcome":"${outcome}"}`);
    expect(inOrder(intake.counts)).toEqual(inOrder(counts));
  });
});
