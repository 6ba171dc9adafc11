import { expect, it } from 'vitest';
import { type RollRequest, runRoll } from '../../../cli/roll/run-roll.ts';
import { defaultRollOptions } from '../../../shared/roll/roll-request.ts';
import { createRollWorld, groupName } from '../../shared/roll/roll-world.ts';

const never = new AbortController().signal;

async function run(
  asked: Partial<RollRequest> = {},
  arrange: (world: ReturnType<typeof createRollWorld>) => unknown = () => {},
  stop = never,
) {
  const world = createRollWorld();
  arrange(world);
  const data: string[] = [];
  const lines: string[] = [];
  const request = { ...defaultRollOptions, groupName, output: 'table' as const, dryRun: false, ...asked };
  const ports = {
    ...world.ports,
    out: (text: string) => void data.push(text),
    note: (line: string) => void lines.push(line),
  };
  const code = await world.clock.runUntil(runRoll(request, { ...ports, stop, signal: never }));
  world.end();
  return { code, data: data.join(''), lines };
}

it('tells each step on the way, and on stdout what became of it', async () => {
  const { code, data, lines } = await run();
  expect(code).toBe(0);
  expect(data).toMatch(/^workers is rolled: 3 instances replaced in \d+ (s|min)\.\n$/);
  expect(lines[0]).toContain(
    '3 old instances of 3 to replace by lt-0123456789abcdef0:2:\n  i-00000000000000000  old-0  eu-west-1a',
  );
  expect(lines).toContain('desired   3 -> 4');
  expect(lines).toContain('drain     old-1 (launched from lt-0123456789abcdef0:1)');
  expect(lines).toContain('terminate i-00000000000000002 (old-2): desired goes down with it');
});

it('exits with 1, names the node and says that it took back the rest', async () => {
  const { code, data, lines } = await run({}, ({ failing }) => {
    failing.set('old-0', { ok: false, reason: 'blocked', text: 'the budget shop/web allows no eviction' });
  });
  expect(code).toBe(1);
  expect(lines).toContain('FAILED    old-0: the budget shop/web allows no eviction (blocked)');
  expect(data).toBe(
    'workers is not rolled: old-0: the budget shop/web allows no eviction. 1 instance terminated before.\n',
  );
});

it('exits with 3 and the next step when the group cannot be rolled', async () => {
  const { code, data, lines } = await run({}, ({ group }) => Object.assign(group(), { max: 3 }));
  expect(code).toBe(3);
  expect(data).toBe(
    'workers is not rolled: workers is at its maximum of 3: there is no room for an instance more.\n' +
      '--raise-max lets it be 4 while the roll goes on; --no-surge drains first and replaces then.\n',
  );
  expect(lines).toEqual([]);
});

it('exits with 130 when a person stops it', async () => {
  const { code, data } = await run({}, () => {}, AbortSignal.abort());
  expect(code).toBe(130);
  expect(data).toBe('workers: stopped; 0 instances terminated before.\n');
});

it('writes YAML for whoever asks for it', async () => {
  const { data } = await run({ output: 'yaml', dryRun: true });
  expect(data).toMatch(/^version: 1\ngroup: workers\noutcome: planned\nplan:\n/);
});

it('writes JSON with a version, the plan of a dry run in it', async () => {
  const { code, data } = await run({ output: 'json', dryRun: true });
  expect(code).toBe(0);
  expect(JSON.parse(data)).toMatchObject({
    version: 1,
    group: 'workers',
    outcome: 'planned',
    plan: { surge: 1, desired: 3 },
  });
});
