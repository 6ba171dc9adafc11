import { expect, test } from 'vitest';
import { defaultPolicy } from '../../../shared/lifecycle/policy.ts';

test('by default a hook forces at the deadline, and everything that costs more must be asked for', () => {
  expect(defaultPolicy).toMatchObject({
    mode: 'hook',
    onDeadline: 'force',
    graceCapSeconds: undefined,
    daemonSets: 'stay',
    force: false,
    deleteEmptyDirData: false,
    disableEviction: false,
    surgeSingletons: false,
  });
});

test('the default times and limits are those of the documentation, in seconds', () => {
  expect(defaultPolicy).toMatchObject({
    deadlineSeconds: 3600,
    reserveSeconds: 60,
    settleSeconds: 5,
    burstSeconds: 2,
    detachSeconds: 600,
    maxInFlight: 50,
    unreachableSeconds: 900,
    stuckSeconds: 60,
    nodeUnknownSeconds: 300,
  });
});
