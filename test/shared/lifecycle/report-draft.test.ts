import { describe, expect, it } from 'vitest';
import {
  changeRecord,
  newReport,
  noteCause,
  noteEntry,
  noteHeartbeat,
  noteSeen,
} from '../../../shared/lifecycle/report-draft.ts';
import { anAction, aPod, judged, now, seconds } from './builders.ts';

const draft = () => newReport('i-1-token', anAction(), now);
const at = (after: number) => new Date(now + after * seconds).toISOString();

describe('a report', () => {
  it('begins with what is known', () => {
    expect(draft()).toMatchObject({ version: 1, execution: 'i-1-token', startedAt: at(0), timeline: [], pods: [] });
  });

  it('notes what happened, and to which pod', () => {
    const report = draft();
    noteEntry(report, 'marked', 'it is cordoned', now);
    noteEntry(report, 'evicted', 'its eviction was accepted', now + seconds, aPod());
    expect(report.timeline).toEqual([
      { at: at(0), what: 'marked', text: 'it is cordoned' },
      { at: at(1), what: 'evicted', text: 'its eviction was accepted', pod: 'default/web-1' },
    ]);
  });

  it.each(['refused', 'hindered', 'evicted', 'gone', 'attached', 'cluster-unreachable'])(
    'tells 5000 entries, of which the last is no more of the same (%s)',
    (what) => {
      const report = draft();
      for (let count = 0; count < 5001; count += 1) noteEntry(report, what, `${count}`, now);
      expect(report.timeline).toHaveLength(5000);
      noteEntry(report, 'completed', 'Auto Scaling goes on', now);
      expect(report.timeline.at(-1)).toMatchObject({ what: 'completed' });
    },
  );

  it('counts its heartbeats up to 1000', () => {
    const report = draft();
    for (let count = 0; count < 1001; count += 1) noteHeartbeat(report, now + count * seconds);
    expect(report.heartbeats).toHaveLength(1000);
    expect(report.heartbeats.slice(0, 2)).toEqual([at(0), at(1)]);
  });
});

describe('the pods of a report', () => {
  it('are those that were seen, each once, with their verdicts', () => {
    const report = draft();
    noteSeen(report, [judged('evict')], now);
    noteSeen(report, [judged('evict'), judged('wait', { name: 'b' })], now);
    expect(
      report.pods.map(({ name, verdict, evictionsTried, causes }) => ({ name, verdict, evictionsTried, causes })),
    ).toEqual([
      { name: 'web-1', verdict: 'evict', evictionsTried: 0, causes: [] },
      { name: 'b', verdict: 'wait', evictionsTried: 0, causes: [] },
    ]);
  });

  it('are known with their controllers', () => {
    const report = draft();
    noteSeen(report, [judged('evict'), judged('evict', { name: 'b', controller: undefined })], now);
    expect(report.pods.map(({ controllerUid }) => controllerUid)).toEqual(['uid-web-5d8', undefined]);
  });

  it('take a changed verdict', () => {
    const report = draft();
    noteSeen(report, [judged('wait')], now);
    noteSeen(report, [judged('evict')], now);
    expect(report.pods).toMatchObject([{ verdict: 'evict', code: 'evictable', reason: 'it is to evict' }]);
  });

  it('keep the verdict that ended them', () => {
    const report = draft();
    noteSeen(report, [judged('evict'), judged('evict', { name: 'b' })], now);
    const terminating = { kind: 'wait', code: 'terminating', reason: 'it is terminating' } as const;
    noteSeen(report, [{ pod: aPod(), verdict: terminating }, judged('ignore', { name: 'b' })], now);
    expect(report.pods.map(({ code }) => code)).toEqual(['evictable', 'evictable']);
  });

  it('are gone once, when they are no longer seen', () => {
    const report = draft();
    noteSeen(report, [judged('evict'), judged('evict', { name: 'b' })], now);
    const gone = [now + seconds, now + 2 * seconds].map((later) => noteSeen(report, [judged('evict')], later));
    expect(gone.map((records) => records.map(({ name }) => name))).toEqual([['b'], []]);
    expect(report.pods.map(({ goneAt }) => goneAt)).toEqual([undefined, at(1)]);
  });

  it('are told apart by UID from others of the same name (T71)', () => {
    const report = draft();
    noteSeen(report, [judged('evict')], now);
    expect(noteSeen(report, [judged('evict', { uid: 'uid-of-its-successor' })], now)).toHaveLength(1);
    expect(report.pods).toHaveLength(2);
  });

  it('can be changed, where they are known', () => {
    const report = draft();
    noteSeen(report, [judged('evict')], now);
    for (const uid of ['uid-web-1', 'uid-unknown']) {
      changeRecord(report, uid, (record) => {
        record.evictionsTried += 1;
      });
    }
    expect(report.pods).toMatchObject([{ evictionsTried: 1 }]);
  });
});

describe('the causes of a pod', () => {
  const cause = { code: 'budget', text: 'needs 2 and has 2' };

  it('are noted once each, with the first and last time', () => {
    const report = draft();
    noteSeen(report, [judged('evict')], now);
    const isNew = [0, 1, 2].map((after) => noteCause(report, 'uid-web-1', cause, now + after * seconds));
    expect(isNew).toEqual([true, false, false]);
    expect(report.pods[0]?.causes).toEqual([{ ...cause, firstAt: at(0), lastAt: at(2), times: 3 }]);
  });

  it('of one code are three texts at most, of which the last is the newest', () => {
    const report = draft();
    noteSeen(report, [judged('evict')], now);
    const worded = [1, 2, 3, 4, 5].map((number) => ({ code: 'admission', text: `no, for the ${number}th time` }));
    const isNew = worded.map((each, after) => noteCause(report, 'uid-web-1', each, now + after * seconds));
    expect(isNew).toEqual([true, true, true, false, false]);
    expect(noteCause(report, 'uid-web-1', cause, now)).toBe(true);
    expect(report.pods[0]?.causes).toMatchObject([
      worded[0],
      worded[1],
      { ...worded[4], firstAt: at(2), lastAt: at(4), times: 3 },
      cause,
    ]);
  });

  it('differ by code and by text', () => {
    const report = draft();
    noteSeen(report, [judged('evict')], now);
    const causes = [cause, { ...cause, code: 'admission' }, { ...cause, text: 'needs 3 and has 2' }];
    expect(causes.map((each) => noteCause(report, 'uid-web-1', each, now))).toEqual([true, true, true]);
  });

  it('of an unknown pod are no news', () => {
    expect(noteCause(draft(), 'uid-unknown', cause, now)).toBe(false);
  });
});
