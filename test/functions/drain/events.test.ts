import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ManualAnswer } from '../../../functions/drain/answer.ts';
import { manualAnswer } from '../../../functions/drain/answer-schema.ts';
import type { Manifest } from '../../../sandbox/cluster/objects.ts';
import { deployment } from '../../shared/drain/drain-world.ts';
import { createManualWorld } from './manual-world.ts';

interface Expectation {
  /** A pod that nothing puts elsewhere, or another file that was sent before. */
  given?: string[];
  /** As much of the answer as matters; lists are complete. */
  answer: object;
  /** What becomes of the execution. */
  then?: object;
}

const folder = new URL('../../../events/', import.meta.url);
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
const expected = read('manual-expected.json') as Record<string, Expectation>;
const files = readdirSync(folder).filter((file) => file.startsWith('manual-') && file !== 'manual-expected.json');

const alone: Manifest = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'alone', namespace: 'default' },
  spec: { nodeName: 'n1.ec2.internal', containers: [{ name: 'main', image: 'demo' }] },
};

describe('events/manual-*', () => {
  it('have an expectation and a row in the table each, and nothing else has', () => {
    const readme = readFileSync(new URL('README.md', folder), 'utf8');
    const rows = [...readme.matchAll(/^\| \[`(manual-.+?)`\]\((.+?)\) *\|/gm)].map(([, name]) => name);
    expect(Object.keys(expected).sort()).toEqual(files.sort());
    expect(rows.sort()).toEqual(files.sort());
  });

  it.each(files)('%s is answered as its expectation says, by the schema, and the execution ends so', async (file) => {
    const { given = [], answer, then } = expected[file] ?? expect.fail('no expectation');
    const bare = given.some((each) => each.startsWith('a pod of nobody')) ? [alone] : [];
    const world = await createManualWorld(2, () => [deployment('web', 4), ...bare]);
    for (const before of given.filter((each) => each.endsWith('.json'))) {
      await world.ask(read(before));
      await world.clock.advance(2_000);
    }
    const before = world.machines.list().length;
    const said = (await world.ask(read(file))) as ManualAnswer;
    expect(said).toMatchObject(answer);
    expect(manualAnswer.safeParse(JSON.parse(JSON.stringify(said))).error).toBeUndefined();
    const starts = 'execution' in said && !('joined' in said);
    if (!starts) expect(world.machines.list()).toHaveLength(before);
    if (!then) return;
    await world.idle();
    expect(world.request('requestId' in said ? said.requestId : 'change-4711')).toMatchObject(then);
  });
});
