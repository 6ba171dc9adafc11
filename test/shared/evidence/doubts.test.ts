import { expect, it } from 'vitest';
import { at, cordon, evict, evidence, line, log, remove, report, type Told } from './a-drain.ts';

const all = Object.values(log);
const ms = (seconds: number) => String(Date.parse(at(seconds)));
const minutes = (...spans: [number, number][]) => spans.map(([first, last]) => ({ first: ms(first), last: ms(last) }));
const doubtsOf = ({ doubts }: ReturnType<typeof evidence>) => doubts.map(({ code }) => code);
/** As a log that keeps no bodies has it. */
const bare = (told: Told): Told => ({ ...told, request: undefined, response: undefined, level: 'Metadata' });

it.each<[string, Parameters<typeof evidence>[1], string[]]>([
  ['a log without a single event', { rows: [], coverage: [] }, ['log-empty']],
  ['a log that starts later than the drain', { coverage: minutes([60, 119], [120, 600]) }, ['log-starts-late']],
  ['a log that ends before the drain', { coverage: minutes([-60, 100]) }, ['log-ends-early']],
  ['a log with a hole', { coverage: minutes([-60, 20], [120, 600]) }, ['log-gap']],
  ['a query that did not give all', { cut: 'as many rows as may be' }, ['log-cut']],
  ['an event that was cut off', { rows: [{ '@message': '{"kind":"Ev' }] }, ['log-cut']],
  ['a drain of a minute ago', { delivery: { now: Date.parse(at(280)), lagSeconds: 600 } }, ['delivery-lag']],
  ['a drain that runs', { report: report({ endedAt: undefined, end: undefined }) }, ['drain-runs']],
  [
    'a report that left entries out',
    { report: report({ timeline: Array.from({ length: 5000 }, () => ({ at: at(1), what: 'x', text: '' })) }) },
    ['report-cut'],
  ],
  ['a report without a node', { report: report({ node: undefined }) }, ['no-node']],
])('never takes %s for shown', (_name, change, codes) => {
  const found = evidence(all, change);
  expect(doubtsOf(found)).toEqual(expect.arrayContaining(codes));
  expect(found.outcome).not.toBe('shown');
});

it('calls nothing missing that is of a time without log, or of a log that is cut', () => {
  const rest = all.filter(({ seconds }) => seconds > 60);
  const late = evidence(rest, { coverage: minutes([60, 119], [120, 600]) });
  expect(late).toMatchObject({ outcome: 'partial', differences: [] });
  expect(late.claims.filter(({ state }) => state === 'not-judged').map(({ claim }) => claim.kind)).toEqual([
    'marked',
    'restarted',
    'evicted',
    'tried',
    'tried',
  ]);
  expect(evidence(rest, { cut: 'cut off' })).toMatchObject({ outcome: 'partial', differences: [] });
});

it('finds a difference for all that it cannot judge', () => {
  expect(evidence([...all, remove(80, 'web-1')], { cut: 'cut off' }).outcome).toBe('differs');
});

it('says that a log without bodies does not tell what was changed', () => {
  const found = evidence(all.map(bare));
  expect(doubtsOf(found)).toEqual(['audit-level']);
  expect(found).toMatchObject({ outcome: 'partial', identity: { how: 'by-user-agent' } });
});

it('says that a drain of ours is in the log, and its report is missing', () => {
  expect(doubtsOf(evidence(all, { report: undefined }))).toEqual(['no-report']);
});

it('says so of a drain of ours that is known by its user agent alone', () => {
  const unmarked = { ...cordon(2), request: { spec: { unschedulable: true } } };
  const found = evidence([unmarked], { report: undefined });
  expect(found.doubts).toMatchObject([{ code: 'no-report', text: expect.stringContaining('by its user agent') }]);
  expect(found.outcome).toBe('partial');
});

it('without a report says that a log without bodies does not tell who drained', () => {
  expect(doubtsOf(evidence(all.map(bare), { report: undefined }))).toEqual(['audit-level']);
});

const range = { startSeconds: Number(ms(-60)) / 1000, endSeconds: Number(ms(600)) / 1000 };
const delivery = { now: Date.parse(at(620)), lagSeconds: 300 };

it.each<[string, Parameters<typeof evidence>[1], string[]]>([
  ['all of its range', { coverage: minutes([-60, 600]) }, []],
  ['all but what comes late', { coverage: minutes([-60, 240]), delivery }, []],
  ['only the end of its range', { coverage: minutes([300, 600]) }, ['log-starts-late']],
  ['only the start of its range', { coverage: minutes([-60, 200]), delivery }, ['log-ends-early']],
  ['its range with a hole', { coverage: minutes([-60, 100], [300, 600]) }, ['log-gap']],
  ['nothing of its range', { coverage: [] }, ['log-empty']],
])('without a report a log that has %s is judged by its range', (_name, change, codes) => {
  const found = evidence([], { report: undefined, range, ...change });
  expect(doubtsOf(found)).toEqual(codes);
  expect(found.outcome).toBe(codes.length === 0 ? 'no-claims' : 'partial');
});

it('says that nothing tells where a pod of ours was', () => {
  const found = evidence([...all, evict(50, 'nowhere', 201)]);
  expect(doubtsOf(found)).toEqual(['pod-without-node']);
  expect(found.outcome).toBe('partial');
});

it('does not say that nothing else was done when it does not know in whose name', () => {
  const strange = { ...remove(80, 'web-9'), agent: 'curl' };
  const found = evidence([strange], { report: report({ timeline: [], pods: [] }) });
  expect(found).toMatchObject({ outcome: 'partial', doubts: [{ code: 'no-identity' }] });
});

it('takes the names that it is given for those of the drain', () => {
  const found = evidence(all, { users: ['somebody'] });
  expect(found).toMatchObject({ identity: { users: ['somebody'], how: 'given' }, outcome: 'differs' });
  expect(new Set(found.differences.map(({ code }) => code))).toEqual(new Set(['other-actor']));
});

it('counts an event that came twice once', () => {
  const rows = all.map((told, index) => ({ '@message': line(told, `id-${index}`) }));
  expect(evidence([], { rows: [...rows, ...rows] }).outcome).toBe('shown');
});
