import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NoticeAction } from '../../../shared/lifecycle/action.ts';
import { defaultNoticePolicy, type NoticePolicy } from '../../../shared/lifecycle/notice-policy.ts';
import { type NoticeFacts, verifyNotice } from '../../../shared/lifecycle/verify-notice.ts';
import { now, seconds } from './builders.ts';

type Kind = NoticeAction['kind'];
const instanceId = 'i-05629ab7d9287e205';
const iso = (at: number) => new Date(at).toISOString();
const first = { looks: 1, marked: false, startedAt: now, now };

interface Case {
  kind: Kind;
  at?: number;
  detail?: string;
  state?: string | undefined;
  isSpot?: boolean;
  events?: readonly string[];
  policy?: Partial<NoticePolicy>;
  progress?: Partial<typeof first>;
}

function verify({ kind, at, detail, isSpot = true, events = [], policy, progress, ...more }: Case) {
  const state = 'state' in more ? more.state : 'running';
  const instance = state === undefined ? undefined : { state, isSpot };
  const action = { kind, instanceId, ...(at === undefined ? {} : { at: iso(at) }), ...(detail ? { detail } : {}) };
  return verifyNotice(
    action,
    { instance, scheduledEvents: events },
    { ...defaultNoticePolicy, ...policy },
    { ...first, ...progress },
  );
}

/** `go` with what it does and in how many seconds the instance goes; the verdict, or the code of the end. */
function say(given: Case): string {
  const verified = verify(given);
  if (verified.verdict === 'end') return `end ${verified.end.code}`;
  if (verified.verdict !== 'go') return verified.verdict;
  return `${verified.does} ${verified.goesAt === undefined ? 'some time' : (verified.goesAt - now) / seconds}`;
}

const spot = { kind: 'spot-interruption', at: now + 118 * seconds } as const;
const change = { kind: 'state-change', at: now - 2 * seconds, detail: 'stopping' } as const;
const health = { kind: 'scheduled-change', at: now + 86_400 * seconds, events: ['instance-stop'] } as const;
const drains = { policy: { scheduledChange: 'drain' } } as const;

describe('a notice', () => {
  it.each<[string, Case, string]>([
    ['spot, before its time', spot, 'drain 113'],
    ['spot, with another reserve', { ...spot, policy: { spotReserveSeconds: 30 } }, 'drain 88'],
    ['spot, without a time', { kind: 'spot-interruption' }, 'drain some time'],
    ['spot, of an instance that is no spot instance', { ...spot, isSpot: false }, 'end not-spot'],
    ['spot, at its time', { ...spot, at: now }, 'end notice-over'],
    ['spot, a moment before its time', { ...spot, at: now + 1 }, 'drain -4.999'],
    ['spot, after its time, of a node that is marked', { ...spot, at: now, progress: { marked: true } }, 'drain -5'],
    ['spot, after its time, of an instance that goes', { ...spot, at: now, state: 'shutting-down' }, 'drain -5'],
    ['spot, after its time, of an instance that stops', { ...spot, at: now, state: 'stopping' }, 'drain -5'],
    ['rebalance, off', { kind: 'rebalance' }, 'end rebalance-off'],
    ['rebalance, cordon', { kind: 'rebalance', policy: { rebalance: 'cordon' } }, 'cordon some time'],
    ['rebalance, drain', { kind: 'rebalance', policy: { rebalance: 'drain' } }, 'drain some time'],
    [
      'rebalance, of no spot instance',
      { kind: 'rebalance', isSpot: false, policy: { rebalance: 'drain' } },
      'end not-spot',
    ],
    ['change of state, stopping', { ...change, state: 'stopping' }, 'drain 58'],
    ['change of state, shutting down', { ...change, state: 'shutting-down' }, 'drain 58'],
    [
      'change of state, of an instance that is no spot instance',
      { ...change, state: 'stopping', isSpot: false },
      'drain 58',
    ],
    [
      'change of state, with more time',
      { ...change, state: 'stopping', policy: { stateChangeSeconds: 300 } },
      'drain 298',
    ],
    ['change of state, without a time', { kind: 'state-change', state: 'stopping' }, 'drain 60'],
    ['change of state, but EC2 says running', change, 'look-again'],
    ['change of state, but EC2 says running again', { ...change, progress: { looks: 2 } }, 'end healthy-instance'],
    ['change of state, but EC2 says pending', { ...change, state: 'pending' }, 'look-again'],
    ['scheduled, warn', health, 'warn 86400'],
    ['scheduled, drain', { ...health, ...drains }, 'drain 86400'],
    [
      'scheduled, without a time',
      { kind: 'scheduled-change', events: ['system-reboot'], ...drains },
      'drain some time',
    ],
    ['scheduled, for a time that was over before', { ...health, ...drains, at: now }, 'drain some time'],
    [
      'scheduled, for a time that comes while it is drained',
      { ...health, ...drains, at: now, progress: { startedAt: now - 1, marked: true } },
      'drain 0',
    ],
    ['scheduled, but EC2 knows of nothing', { ...health, events: [] }, 'look-again'],
    [
      'scheduled, but EC2 knows of nothing again',
      { ...health, events: [], progress: { looks: 2 } },
      'end nothing-scheduled',
    ],
    [
      'scheduled, but EC2 forgot it once the node was marked',
      { ...health, ...drains, events: [], progress: { marked: true } },
      'drain 86400',
    ],
  ])('%s', (_case, given, said) => {
    expect(say(given)).toBe(said);
  });

  it.each<[string | undefined, string]>([
    [undefined, `${instanceId} is unknown to EC2: nothing is left to drain`],
    ['terminated', `${instanceId} is terminated: nothing is left to drain`],
    ['stopped', `${instanceId} is stopped: nothing is left to drain`],
  ])('of an instance that is %s ends, whatever it says', (state, text) => {
    for (const kind of ['spot-interruption', 'rebalance', 'state-change', 'scheduled-change'] as const) {
      const verified = verify({ kind, state, events: ['instance-stop'], progress: { marked: true } });
      expect(verified).toMatchObject({
        verdict: 'end',
        end: { reason: 'ignored', code: 'instance-gone', text, completion: null },
      });
    }
  });

  it.each<[Case, string]>([
    [spot, `EC2 takes the spot instance ${instanceId} at 2026-03-01T08:01:58.000Z`],
    [{ ...spot, isSpot: false }, `${instanceId} is no spot instance`],
    [{ ...spot, at: now }, `${instanceId} was to be interrupted at 2026-03-01T08:00:00.000Z, and is running`],
    [{ kind: 'rebalance', isSpot: false }, `${instanceId} is no spot instance`],
    [{ kind: 'rebalance' }, 'rebalance recommendations are not acted on'],
    [{ kind: 'rebalance', policy: { rebalance: 'cordon' } }, `EC2 may soon take the spot instance ${instanceId}`],
    [{ ...change, state: 'stopping' }, `${instanceId} is stopping`],
    [change, `EC2 says that ${instanceId} is running, not stopping`],
    [{ ...change, progress: { looks: 2 } }, `EC2 says that ${instanceId} is running, not stopping`],
    [
      { ...health, events: ['instance-stop', 'system-reboot'] },
      `AWS has scheduled instance-stop, system-reboot for ${instanceId} at 2026-03-02T08:00:00.000Z`,
    ],
    [{ kind: 'scheduled-change', events: ['instance-stop'] }, `AWS has scheduled instance-stop for ${instanceId}`],
    [
      { ...health, detail: 'AWS_EC2_INSTANCE_STOP_SCHEDULED', events: [] },
      `EC2 has no scheduled event for ${instanceId} that is still to come (AWS_EC2_INSTANCE_STOP_SCHEDULED)`,
    ],
  ])('%# is told in words', (given, text) => {
    const verified = verify(given);
    expect('text' in verified ? verified.text : verified.end.text).toBe(text);
  });
});

describe('whatever the facts', () => {
  const states = ['pending', 'running', 'stopping', 'stopped', 'shutting-down', 'terminated'];
  const facts: fc.Arbitrary<NoticeFacts> = fc.record({
    instance: fc.option(fc.record({ state: fc.constantFrom(...states), isSpot: fc.boolean() }), { nil: undefined }),
    scheduledEvents: fc.subarray(['instance-stop', 'system-reboot']),
  });
  const kinds = fc.constantFrom<Kind>('spot-interruption', 'rebalance', 'state-change', 'scheduled-change');
  const offset = fc.option(fc.integer({ min: -3600, max: 3600 }), { nil: undefined });
  const progress = fc.record({ looks: fc.integer({ min: 1, max: 3 }), marked: fc.boolean() });

  it('the second look decides, nothing is completed, and a healthy instance goes by what EC2 or the policy says alone', () => {
    fc.assert(
      fc.property(kinds, facts, offset, progress, (kind, known, inSeconds, { looks, marked }) => {
        const action = { kind, instanceId, ...(inSeconds === undefined ? {} : { at: iso(now + inSeconds * seconds) }) };
        const verified = verifyNotice(action, known, defaultNoticePolicy, { looks, marked, startedAt: now, now });
        if (looks >= 2) expect(verified.verdict).not.toBe('look-again');
        if (verified.verdict === 'end') expect(verified.end).toMatchObject({ completion: null, alarm: false });
        if (verified.verdict !== 'go') return;
        const { state, isSpot } = known.instance ?? {};
        const said = {
          'spot-interruption': isSpot,
          rebalance: false,
          'state-change': state === 'stopping' || state === 'shutting-down',
          'scheduled-change': marked || known.scheduledEvents.length > 0,
        };
        expect(said[kind]).toBe(true);
        expect(verified.goesAt).not.toBeNaN();
      }),
    );
  });
});
