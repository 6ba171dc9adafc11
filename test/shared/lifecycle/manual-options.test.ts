import { describe, expect, it } from 'vitest';
import { manualPolicy } from '../../../shared/lifecycle/manual-options.ts';
import { type DrainPolicy, defaultPolicy } from '../../../shared/lifecycle/policy.ts';

describe('the policy of a drain that somebody asked for', () => {
  it('loses nothing and bypasses no budget that was not asked for, whatever hooks do', () => {
    const generous: DrainPolicy = {
      ...defaultPolicy,
      ...{ force: true, deleteEmptyDirData: true, disableEviction: true, daemonSets: 'evict-last' },
      ...{ graceCapSeconds: 10, graceSeconds: 10, podSelector: { matchLabels: { a: 'b' }, matchExpressions: [] } },
    };
    expect(manualPolicy(generous, {})).toEqual({
      ...defaultPolicy,
      mode: 'manual',
      reserveSeconds: 0,
      onDeadline: 'stop',
    });
  });

  it('is as it was asked for', () => {
    const podSelector = { matchLabels: { app: 'web' }, matchExpressions: [] };
    const options = {
      force: true,
      deleteEmptyDirData: true,
      disableEviction: true,
      surgeSingletons: true,
      podSelector,
    };
    expect(manualPolicy(defaultPolicy, { ...options, onDeadline: 'force', gracePeriodSeconds: 7 })).toMatchObject({
      ...{ ...options, onDeadline: 'force', graceSeconds: 7 },
    });
  });

  it.each([
    [undefined, 3600],
    [90, 90],
    [0, 31_536_000],
  ])('with a timeout of %s s ends after %s s', (timeoutSeconds, deadlineSeconds) => {
    const asked = timeoutSeconds === undefined ? {} : { timeoutSeconds };
    expect(manualPolicy(defaultPolicy, asked).deadlineSeconds).toBe(deadlineSeconds);
  });

  it.each([
    [undefined, undefined],
    [0, 1],
    [1, 1],
    [2, 2],
  ])('with a grace period of %s s gives %s s', (gracePeriodSeconds, graceSeconds) => {
    const asked = gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds };
    expect(manualPolicy(defaultPolicy, asked).graceSeconds).toBe(graceSeconds);
  });

  it.each([
    [true, undefined, true],
    [true, false, false],
    [false, true, true],
  ])('surges singletons as the stack does (%s) unless asked otherwise (%s)', (base, asked, surges) => {
    const options = asked === undefined ? {} : { surgeSingletons: asked };
    expect(manualPolicy({ ...defaultPolicy, surgeSingletons: base }, options).surgeSingletons).toBe(surges);
  });
});
