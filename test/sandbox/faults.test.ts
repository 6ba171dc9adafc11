import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../sandbox/clock.ts';
import { ConnectionResetError, createFaults, type FaultEffect, performWithFaults } from '../../sandbox/faults.ts';

const call = { service: 'kubernetes', operation: 'POST /pods/a/eviction' };

function world() {
  const clock = createManualClock(0);
  const faults = createFaults();
  const performed: string[] = [];
  const signal = new AbortController().signal;
  const perform = (each = call) =>
    performWithFaults(
      each,
      () => {
        performed.push(each.operation);
        return 'done';
      },
      { faults, clock, signal },
    );
  return { clock, faults, performed, perform, add: (effect: FaultEffect) => faults.add({ match: /eviction/, effect }) };
}

describe('a fault', () => {
  it('answers in place of the service', async () => {
    const { add, perform, performed } = world();
    const answer = { status: 429, body: 'no' };
    add({ answer });
    expect(await perform()).toEqual(answer);
    expect(performed).toEqual([]);
  });

  it('delays the call on the clock', async () => {
    const { add, perform, clock } = world();
    add({ delayMs: 5_000 });
    expect(await clock.runUntil(perform())).toBe('done');
    expect(clock.now()).toBe(5_000);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('cuts the connection %s the effect', async (reset, times) => {
    const { add, perform, performed } = world();
    add({ reset });
    await expect(perform()).rejects.toBeInstanceOf(ConnectionResetError);
    expect(performed).toHaveLength(times);
  });

  it('hits as often as it should, the first that matches first, until it is taken away', async () => {
    const { faults, perform } = world();
    const answers = ['a', 'b'].map((body) => ({ status: 500, body }));
    const [first, second] = answers as [(typeof answers)[0], (typeof answers)[0]];
    faults.add({ match: /eviction/, times: 2, effect: { answer: first } });
    const takeAway = faults.add({ match: (operation) => operation.startsWith('POST'), effect: { answer: second } });
    expect([await perform(), await perform(), await perform()]).toEqual([first, first, second]);
    takeAway();
    expect(await perform()).toBe('done');
  });

  it('hits only the service and the operations it is meant for', async () => {
    const { faults, perform } = world();
    faults.add({ service: 'autoscaling', match: /./, effect: { reset: 'before' } });
    faults.add({ match: /DescribeX/, effect: { reset: 'before' } });
    expect(await perform()).toBe('done');
    faults.add({ service: 'kubernetes', match: /./, effect: { reset: 'before' } });
    await expect(perform()).rejects.toThrow('POST /pods/a/eviction');
    faults.clear();
    expect(await perform()).toBe('done');
  });
});
