import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Result, runScenario } from '../../../sandbox/run-scenario.ts';
import { scenarios } from '../../../sandbox/scenarios/all.ts';
import type { Scenario } from '../../../sandbox/scenarios/scenario.ts';
import { playAll, playOne } from '../../../sandbox/terminal/play.ts';
import { usage } from '../../../sandbox/terminal/usage.ts';
import type { DrainReport } from '../../../shared/lifecycle/report.ts';

beforeEach(() => void vi.stubEnv('NO_COLOR', '1'));
afterEach(() => void vi.unstubAllEnvs());

const never = new AbortController().signal;
const must = { 'it is drained': () => true, 'pigs fly': () => false };
const scenario = (name: string): Scenario => ({ name, title: 'a title', shows: 'What it shows.', workloads: [], must });
const report = {
  startedAt: '2026-03-01T08:00:00.000Z',
  timeline: [{ at: '2026-03-01T08:00:01.500Z', what: 'marked', text: 'cordoned' }],
} as unknown as DrainReport;
const resultOf = (
  broken: string[],
  more: object = { report, reportFile: `${process.cwd()}/out/report.json` },
): Result => ({
  outcome: { seconds: 2.5, end: { reason: 'drained' }, ...more } as unknown as Result['outcome'],
  broken,
  logFile: `${process.cwd()}/out/functions.log`,
});

/** A stage on which each scenario comes to what is given for its name. */
function createStage(results: Record<string, Result | Error>) {
  const lines: string[] = [];
  const screen = {
    columns: undefined,
    print: (...more: string[]) => void lines.push(...more),
    progress: () => {},
    close: () => {},
  };
  const run: typeof runScenario = async ({ name }, _folder, listener) => {
    const result = results[name];
    if (result instanceof Error) throw result;
    listener.line({ at: 100, mark: 'event', text: 'it begins', tone: 'plain' });
    return result as Result;
  };
  return { lines, stage: { run, screen, folder: 'out' } };
}

it('shows what happens, the timeline, what is true and where to read on', async () => {
  const { lines, stage } = createStage({ one: resultOf(['pigs fly']) });
  expect(await playOne(scenario('one'), never, stage)).toBe(false);
  expect(lines).toEqual([
    'one: a title',
    'What it shows.',
    'The handlers and the state machine are real; the cluster and AWS are models on 127.0.0.1.',
    '',
    '  0.1 s  event      it begins',
    '',
    'Timeline, from the report',
    '  1.5 s  marked     cordoned',
    '',
    'What must be true at the end',
    '  yes  it is drained',
    '  NO   pigs fly',
    '',
    'Not as it must be, after 2.5 s.',
    '',
    'Report   out/report.json',
    '         npm run --silent enl -- report out/report.json',
    'Page     out/report.html',
    'Log      out/functions.log',
    'Others   npm start -- --help',
  ]);
});

it('says that there is no report when there is none', async () => {
  const { lines, stage } = createStage({ one: resultOf([], {}) });
  expect(await playOne(scenario('one'), never, stage)).toBe(true);
  expect(lines).toContain('As it must be, after 2.5 s.');
  expect(lines).toContain('Report   none: a launch leaves none, nor does an event that is ignored');
  expect(lines).not.toContain('Timeline, from the report');
});

it('has a line for each of many scenarios, and goes on after one that breaks down', async () => {
  const { lines, stage } = createStage({ bad: new Error('no'), wrong: resultOf(['pigs fly']), fine: resultOf([]) });
  expect(await playAll(['bad', 'wrong', 'fine'].map(scenario), never, stage)).toBe(false);
  expect(lines).toEqual([
    'FAIL  bad                        no',
    'FAIL  wrong               2.5 s  not true: pigs fly',
    'ok    fine                2.5 s  drained',
  ]);
  expect(await playAll([scenario('fine')], never, stage)).toBe(true);
});

it('stops between two scenarios when it is interrupted', async () => {
  const { lines, stage } = createStage({ bad: new Error('no'), fine: resultOf([]) });
  const interrupted = AbortSignal.abort(new Error('interrupted'));
  await expect(playAll(['bad', 'fine'].map(scenario), interrupted, stage)).rejects.toThrow('interrupted');
  expect(lines).toEqual([]);
});

it('offers every scenario, and says what its exit codes mean', () => {
  const text = usage.join('\n');
  for (const { name, title } of scenarios) expect(text).toMatch(new RegExp(`${name} +${title}`));
  expect(text).toMatch(/0 .*1 .*2 .*130 /);
});
