import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { savedQueries } from '../../infra/observability/queries.ts';
import { scenarios } from '../../sandbox/scenarios/all.ts';
import { stormOf } from '../../sandbox/scenarios/storm.ts';
import { keysOfCatalogue } from '../infra/observability/catalogue-keys.ts';
import { missingFields } from '../infra/observability/query-fields.ts';
import { readWritten } from '../infra/observability/read-written.ts';
import { playEverything } from './play-everything.ts';
import type { Played } from './play-scenarios.ts';
import type { Ended } from './start-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'scenarios-'));
/** Of the storm a gust. */
const inProcess = scenarios
  .filter(({ name }) => name !== 'happy')
  .map((scenario) => (scenario.name === 'storm' ? stormOf(8) : scenario));
let played: Map<string, Played>;
let happy: Ended;
let unknown: Ended;
let interrupted: Ended;
let unread: Ended;

beforeAll(async () => {
  ({ played, happy, unknown, interrupted, unread } = await playEverything(inProcess, folder));
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true }));

function get(name: string): Played {
  const found = played.get(name);
  if (!found) throw new Error(`${name} was not played`);
  return found;
}

describe('npm start', () => {
  it('tells the whole story in plain lines and exits with 0', () => {
    expect(happy).toMatchObject({ exitCode: 0, text: expect.stringContaining('As it must be, after') });
    expect(happy.text).toMatch(/^[\x20-\x7e\n]+$/);
    const lines = happy.text.split('\n');
    const story = lines.slice(lines.indexOf('') + 1, lines.indexOf('Timeline, from the report') - 1);
    for (const line of story) expect(line).toMatch(/^ +\d+\.\d s {2}[a-z]+ .{10,}/);
    const marks = new Set(story.map((line) => line.slice(9, 20).trim()));
    const told = ['instance', 'event', 'intake', 'node', 'verdict', 'evicted', 'held', 'freed', 'gone', 'detached'];
    expect([...marks]).toEqual(expect.arrayContaining([...told, 'heartbeat', 'complete', 'end']));
  });

  it('has a verdict for each pod of the node, and an eviction and an end for each that moves', () => {
    const path = /^Report +(\S+)$/m.exec(happy.text)?.[1] ?? '';
    const report = JSON.parse(readFileSync(join(happy.cwd, path), 'utf8')) as {
      pods: { name: string; verdict: string }[];
    };
    for (const { name, verdict } of report.pods) {
      expect(happy.text).toMatch(new RegExp(`verdict +\\S+/${name} +${verdict}\\b`));
      const moves = verdict === 'evict';
      expect(new RegExp(`s {2}evicted +\\S+/${name}\\b`).test(happy.text), name).toBe(moves);
      expect(new RegExp(`s {2}gone +\\S+/${name}\\b`).test(happy.text), name).toBe(moves);
    }
  });

  it('keeps the log of the functions', () => {
    const path = /^Log +(\S+)$/m.exec(happy.text)?.[1] ?? '';
    expect(existsSync(join(happy.cwd, path))).toBe(true);
    expect(readFileSync(join(happy.cwd, path), 'utf8')).toContain('"message":"drain ended"');
  });

  it('lists the scenarios and exits with 2 for a name that it does not know', () => {
    expect(unknown.exitCode).toBe(2);
    for (const { name, title } of scenarios) expect(unknown.text).toMatch(new RegExp(`${name} +${title}`));
  });

  it('says so on Ctrl-C, exits with 130 and leaves no process behind', () => {
    expect(interrupted).toMatchObject({ exitCode: 130, text: expect.stringContaining('Stopping: ') });
    expect(interrupted.text).not.toContain('must be true');
    expect(() => process.kill(-interrupted.pid, 0)).toThrow('ESRCH');
  });
});

it('ends in silence when nobody reads it any more', () => {
  expect(unread.exitCode).not.toBeUndefined();
  expect(unread.text).not.toContain('EPIPE');
});

describe('a scenario', () => {
  it.each(inProcess.map(({ name }) => name))('%s ends as it must', (name) => {
    expect(get(name).result.broken).toEqual([]);
  });

  it.each(inProcess.map(({ name }) => name))(
    '%s is told from the instance to its end, when the bar is full',
    (name) => {
      const { lines, progress, result, textsOf } = get(name);
      const isFleet = inProcess.some((scenario) => scenario.name === name && scenario.fleet);
      expect(lines[0]?.mark).toBe(isFleet ? 'instances' : 'instance');
      expect(result.outcome.ends.length).toBeGreaterThan(0);
      expect(textsOf('end')).toHaveLength(isFleet ? 1 : result.outcome.ends.length);
      expect(progress.at(-1)).toMatchObject({ done: progress.at(-1)?.total, doing: 'over' });
    },
  );
});

describe('what the functions write', () => {
  const filesOf = (each: Played) => readFileSync(each.result.logFile, 'utf8').split('\n');
  const written = () => readWritten([...played.values()].flatMap(filesOf));

  it('has instance and execution on each line of a tick', () => {
    const ticks = written().lines.filter(({ service }) => service !== 'intake');
    expect(ticks.length).toBeGreaterThan(100);
    expect(ticks.filter(({ instance, execution }) => !instance || !execution)).toEqual([]);
  });

  it('has what saved queries ask for, but those about troubles that no scenario has', () => {
    const { lines } = written();
    // No scenario plays an audit, or a drain by hand.
    const ofNodes = savedQueries.filter(({ logs }) => !['audits', 'logAudit', 'manual'].includes(logs));
    const missing = ofNodes.flatMap((query) => missingFields(query, lines).map((field) => [query.name, field]));
    const troubles = /^(Clusters in|Calls of|Events by)|,error$|^Launches that need you,node$/;
    expect(missing.filter((each) => !troubles.test(each.join()))).toEqual([]);
  });

  it('has every metric of the catalogue but those of troubles, and none that is not in it', () => {
    const { keys } = written();
    const troubles = /Trouble|Failed|Missing|Unusable|NotKept|Repeated/;
    const ofNodes = [...keysOfCatalogue].filter((key) => !/^(?:[a-z]+-audit|audit-log) /.test(key));
    expect(ofNodes.filter((key) => !keys.has(key) && !troubles.test(key))).toEqual([]);
    expect([...keys].filter((key) => !keysOfCatalogue.has(key))).toEqual([]);
  });
});

describe('the story', () => {
  it('says which budget holds a pod and why, who changes it, and when it gives way', () => {
    const { lines, textsOf } = get('pdb-blocked');
    const marks = lines.map(({ mark }) => mark);
    expect(textsOf('held')[0]).toMatch(/^shop\/cart-\S+: The disruption budget cart needs 2 healthy pods and has 2/);
    expect(textsOf('budget')).toEqual(['shop/cart is changed by someone: minAvailable 2 becomes minAvailable 1']);
    expect(textsOf('freed')[0]).toBe('budget shop/cart has room for 1 again: 2 healthy pods, 1 needed');
    expect(marks.indexOf('held')).toBeLessThan(marks.indexOf('freed'));
    expect(textsOf('evicted').at(-1)).toMatch(/^shop\/cart-\S+ after \d+\.\d s on hold: /);
  });

  it('says what is deleted past its budget, and that the next one waits for its turn', () => {
    const { textsOf } = get('force-at-deadline');
    expect(textsOf('forced')).toHaveLength(2);
    expect(textsOf('held').at(-1)).toMatch(/was deleted past the budget ledger and is not replaced yet/);
  });

  it('says what a webhook says, and which one is down', () => {
    const { textsOf } = get('stuck-webhook');
    expect(textsOf('held').join()).toMatch(/"orders-guard.example.com" denied the request: the primary is being moved/);
    expect(textsOf('forced')).toEqual([expect.stringContaining('failed calling webhook "mail-guard.example.com"')]);
  });

  it('says which volume the instance waits for, and when it is detached', () => {
    const { lines, progress, textsOf } = get('stateful-volume');
    const empty = lines.find(({ mark }) => mark === 'empty');
    expect(empty?.next).toBe('pvc-data-db-0 must be detached before the instance may go');
    expect(progress.map(({ doing }) => doing)).toContain('waiting for pvc-data-db-0');
    expect(textsOf('detached')).toEqual(['volume pvc-data-db-0']);
  });

  it('says when the instance drains in its target group and when it is out, and the hook is completed after that', () => {
    const { lines, progress, textsOf } = get('load-balancer');
    const marks = lines.map(({ mark }) => mark);
    expect(textsOf('target').slice(-2)).toEqual([
      expect.stringMatching(/^i-\w+ is draining in target group k8s-shop-web$/),
      expect.stringMatching(/^i-\w+ is out of target group k8s-shop-web$/),
    ]);
    expect(progress.map(({ doing }) => doing)).toContain('waiting for target group k8s-shop-web');
    expect(marks.lastIndexOf('target')).toBeLessThan(marks.indexOf('complete'));
  });

  it('says how long the state machine waits between two ticks', () => {
    expect(get('never-joined').lines.find(({ mark }) => mark === 'tick 1')?.next).toMatch(/waits \d+ s/);
  });

  it('says of each delivery whether it starts or joins', () => {
    const { textsOf } = get('duplicate-event');
    expect(textsOf('event')).toHaveLength(4);
    expect(textsOf('intake').map((text) => text.replace(/;.*/, ''))).toEqual([
      'by SNS: starts an execution of the state machine, named instance id + token',
      'by SNS: the same action again',
      'by EventBridge: the same action again',
      'by SQS: the same action again',
      'by SQS: the same action again',
    ]);
  });

  it('says how a new node joins, becomes ready and is opened, before its launch goes on', () => {
    const { lines, textsOf } = get('launch');
    const marks = lines.map(({ mark }) => mark);
    const steps = ['instance', 'event', 'node', 'ready', 'open', 'complete', 'end'];
    expect(marks.filter((mark, index) => steps.includes(mark) && marks.indexOf(mark) === index)).toEqual(steps);
    expect(textsOf('labels')).toEqual([expect.stringMatching(/ gets team=shop from the tags of its group$/)]);
  });

  it('says of each launch that fails why, and the command that fixes it', () => {
    const { lines, textsOf } = get('launch-never-ready');
    expect(textsOf('complete').filter((text) => text.includes('ABANDON: it replaces the instance'))).toHaveLength(3);
    for (const { next } of lines.filter(({ mark }) => mark === 'end')) {
      expect(next).toMatch(
        /^to fix it: aws eks create-access-entry --cluster-name demo --principal-arn \S+ --type EC2_LINUX/,
      );
    }
  });

  it('says by which channel each pause of a warm pool was told, and that the marks are undone', () => {
    const { textsOf } = get('warm-pool');
    expect(textsOf('event').map((text) => text.replace(/ tells.* of /, ': '))).toEqual([
      expect.stringMatching(/^EventBridge: a launch/),
      expect.stringMatching(/^EventBridge: a launch/),
      expect.stringMatching(/^SNS: a termination/),
      expect.stringMatching(/^EventBridge: a launch/),
    ]);
    // A slow machine lets the instance join before it is stopped for the first time.
    expect(textsOf('not ready').at(-1)).toContain('Kubelet stopped posting node status.');
    expect(textsOf('uncordon')).toHaveLength(1);
  });

  it('says how late a spot notice is, when EC2 takes the instance, and that no hook is completed for it', () => {
    const { lines, textsOf } = get('spot');
    expect(textsOf('event')[0]).toMatch(
      /EC2 takes the spot instance i-\w+ two minutes after this notice, .*\d+ s are left$/,
    );
    expect(lines.find(({ mark }) => mark === 'end')?.next).toMatch(
      /^nothing is completed, since no hook waits: EC2 takes the instance at \d+\.\d s$/,
    );
    const states = textsOf('instance').map((text) => text.replace(/^i-\w+(: EC2 says)? /, ''));
    expect(states).toEqual(expect.arrayContaining(['is InService', 'shutting-down', 'is Terminating:Wait']));
  });

  it('says that a drain which forces nobody is followed by one that takes the node over', () => {
    const { lines, textsOf } = get('rebalance');
    expect(lines.find(({ mark }) => mark === 'held')?.next).not.toMatch(/deleted all the same/);
    expect(textsOf('node').at(-1)).toMatch(/ is taken over by i-\w+-\w+$/);
    expect(textsOf('forced')).toHaveLength(1);
  });

  it('counts a fleet instead of naming its pods', () => {
    const { lines, textsOf } = get('storm');
    expect(lines.length).toBeLessThan(30);
    expect(textsOf('events')).toEqual(['20 messages went to the intake function: 10 by SNS, 10 by EventBridge']);
    expect(textsOf('cordoned').at(-1)).toBe('all 8 nodes, before the first eviction');
    expect(textsOf('complete')).toEqual(['Auto Scaling is told CONTINUE 10 times']);
    expect(textsOf('end')).toEqual(['10 drained']);
  });
});
