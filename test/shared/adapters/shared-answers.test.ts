import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../../sandbox/clock.ts';
import { sharedAnswers } from '../../../shared/adapters/shared-answers.ts';

const never = new AbortController().signal;
const forTen = (_: string, age: number) => age < 10_000;

function start() {
  const clock = createManualClock(0);
  const asked: { key: string; answer: (text: string) => void; fail: (error: Error) => void }[] = [];
  const answers = sharedAnswers<string>((key) => new Promise((answer, fail) => asked.push({ key, answer, fail })), {
    clock,
  });
  return { clock, asked, answers };
}

describe('an answer', () => {
  it('is one for all who ask meanwhile, and for those who come while it is fresh', async () => {
    const { clock, asked, answers } = start();
    const early = [answers.get('a', forTen, never), answers.get('a', forTen, never), answers.get('b', forTen, never)];
    expect(asked.map(({ key }) => key)).toEqual(['a', 'b']);
    asked[0]?.answer('one');
    asked[1]?.answer('two');
    expect(await Promise.all(early)).toEqual(['one', 'one', 'two']);
    await clock.advance(9_999);
    expect(await answers.get('a', forTen, never)).toBe('one');
    await clock.advance(1);
    const later = answers.get('a', forTen, never);
    asked[2]?.answer('three');
    expect(await later).toBe('three');
  });

  it('is asked for again when it is forgotten, or is fresh enough for one and not for another', async () => {
    const { asked, answers } = start();
    const first = answers.get('a', forTen, never);
    asked[0]?.answer('one');
    await first;
    answers.forget('a');
    void answers.get('a', forTen, never);
    expect(asked).toHaveLength(2);
    asked[1]?.answer('two');
    void answers.get('a', (value) => value === 'three', never);
    await new Promise(setImmediate);
    void answers.get('a', (value) => value === 'three', never);
    expect(asked).toHaveLength(3);
  });

  it('that fails fails all who wait for it, and is asked for again', async () => {
    const { asked, answers } = start();
    const both = [answers.get('a', forTen, never), answers.get('a', forTen, never)];
    asked[0]?.fail(new Error('reset'));
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const again = answers.get('a', forTen, never);
    asked[1]?.answer('one');
    expect(await again).toBe('one');
  });

  it('is not taken from the others when one who waits for it leaves', async () => {
    const { asked, answers } = start();
    const leaving = new AbortController();
    const left = answers.get('a', forTen, leaving.signal);
    const stays = answers.get('a', forTen, never);
    leaving.abort(new Error('out of time'));
    await expect(left).rejects.toThrow(/^out of time$/);
    asked[0]?.answer('one');
    expect(await stays).toBe('one');
    await expect(answers.get('a', forTen, leaving.signal)).rejects.toThrow('out of time');
  });
});
