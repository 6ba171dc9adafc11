import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../../sandbox/clock.ts';
import { DeniedError, pacedCalls } from '../../../shared/adapters/paced-calls.ts';

const never = new AbortController().signal;
const named = (name: string) => Object.assign(new Error(`${name} it is`), { name });

function start() {
  const clock = createManualClock(0);
  const call = pacedCalls({ prefix: 'elasticloadbalancing', atOnce: 3 }, { clock, random: () => 0.5 });
  let sent = 0;
  const send = (outcome: () => Promise<unknown>, operation = 'DescribeTargetHealth', signal = never) =>
    call(
      operation,
      'describing it',
      () => {
        sent += 1;
        return outcome();
      },
      signal,
    );
  const fails = (name: string) => () => Promise.reject(named(name));
  return { clock, send, fails, sent: () => sent };
}

describe('calls of one API', () => {
  it('are a few at a time, and each that ends makes room for one', async () => {
    const { send } = start();
    const ends: (() => void)[] = [];
    let [underWay, most] = [0, 0];
    const work = () => {
      underWay += 1;
      most = Math.max(most, underWay);
      return new Promise<void>((resolve) => ends.push(resolve)).finally(() => {
        underWay -= 1;
      });
    };
    const all = Promise.all(Array.from({ length: 10 }, () => send(work)));
    for (let ended = 0; ended < 10; ended++) {
      await new Promise(setImmediate);
      expect(ends).toHaveLength(Math.min(10, ended + 3));
      ends[ended]?.();
    }
    await all;
    expect(most).toBe(3);
  });

  it('leave no gap for one who comes while another takes over', async () => {
    const { send, sent } = start();
    const ends: (() => void)[] = [];
    const work = () => new Promise<void>((resolve) => ends.push(resolve));
    const all = Array.from({ length: 5 }, () => send(work));
    ends[0]?.();
    await all[0];
    all.push(send(work), send(work));
    await new Promise(setImmediate);
    expect(sent()).toBe(4);
    for (let ended = 1; ended < 7; ended++) {
      ends[ended]?.();
      await new Promise(setImmediate);
    }
    await Promise.all(all);
    expect(sent()).toBe(7);
  });

  it.each(['Throttling', 'ThrottlingException', 'RequestLimitExceeded'])(
    'pause after %s: all fail at once, and none is sent for ten seconds and a share of chance',
    async (name) => {
      const { clock, send, fails, sent } = start();
      await expect(send(fails(name))).rejects.toThrow(`describing it: ${name}: ${name} it is`);
      await clock.advance(14_999);
      await expect(send(async () => 1, 'DescribeTargetGroups')).rejects.toThrow(name);
      expect(sent()).toBe(1);
      await clock.advance(1);
      expect(await send(async () => 1)).toBe(1);
    },
  );

  it('that are denied name the right, and only that question is not asked again for a minute', async () => {
    const { clock, send, fails, sent } = start();
    const right = 'elasticloadbalancing:DescribeTargetHealth';
    for (let again = 0; again < 3; again++) {
      const error = await send(fails('AccessDenied')).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(DeniedError);
      expect(error).toMatchObject({ right, cause: { cause: { name: 'AccessDenied' } } });
    }
    expect(sent()).toBe(1);
    expect(await send(async () => 1, 'DescribeTargetGroups')).toBe(1);
    await clock.advance(60_000);
    expect(await send(async () => 1)).toBe(1);
  });

  it('that would change something are denied for one resource, and are sent for the next', async () => {
    const { send, fails, sent } = start();
    await expect(send(fails('AccessDenied'), 'DeregisterTargets')).rejects.toThrow(DeniedError);
    expect(await send(async () => 1, 'DeregisterTargets')).toBe(1);
    expect(sent()).toBe(2);
  });

  it('that wait for room are not sent when nobody wants them any more, and make room for others', async () => {
    const { send, sent } = start();
    const ends: (() => void)[] = [];
    const under = Array.from({ length: 3 }, () => send(() => new Promise<void>((resolve) => ends.push(resolve))));
    const left = new AbortController();
    const unwanted = send(async () => 1, 'DescribeTags', left.signal);
    const wanted = send(async () => 2);
    left.abort(new Error('gone'));
    for (const end of ends) end();
    await expect(unwanted).rejects.toThrow(/^gone$/);
    expect(await wanted).toBe(2);
    await Promise.all(under);
    expect(sent()).toBe(4);
  });
});
