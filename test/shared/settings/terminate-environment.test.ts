import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../shared/lifecycle/policy.ts';
import { ConfigError } from '../../../shared/settings/config-error.ts';
import {
  parseTerminateSettings,
  type TerminateSettings,
  terminateEnvironment,
} from '../../../shared/settings/terminate.ts';

const topic = 'arn:aws-us-gov:sns:us-gov-west-1:123456789012:lifecycle';
const sound = { ENL_HOOK_NAMES: 'drain', ENL_REPORT_BUCKET: 'drain-reports' };

describe('the tick’s environment', () => {
  const words = (pattern: RegExp) => fc.uniqueArray(fc.stringMatching(pattern), { minLength: 1, maxLength: 4 });
  const seconds = (min: number, max: number) => fc.integer({ min, max });
  const policy = fc.record({
    deadlineSeconds: seconds(4000, 172_800),
    reserveSeconds: seconds(0, 3600),
    onDeadline: fc.constantFrom<'force' | 'continue' | 'abandon'>('force', 'continue', 'abandon'),
    graceCapSeconds: fc.option(seconds(1, 4000), { nil: undefined }),
    settleSeconds: seconds(0, 300),
    burstSeconds: seconds(0, 60),
    detachSeconds: seconds(0, 7200),
    daemonSets: fc.constantFrom<'stay' | 'evict-last'>('stay', 'evict-last'),
    surgeSingletons: fc.boolean(),
    maxInFlight: seconds(1, 1000),
    unreachableSeconds: seconds(1, 172_800),
  });
  const notices = fc.record(
    {
      rebalance: fc.constantFrom<'off' | 'cordon' | 'drain'>('off', 'cordon', 'drain'),
      scheduledChange: fc.constantFrom<'warn' | 'drain'>('warn', 'drain'),
      stateChangeSeconds: seconds(0, 600),
      spotReserveSeconds: seconds(0, 110),
    },
    { noNullPrototype: true },
  );
  const settings: fc.Arbitrary<TerminateSettings> = fc.record(
    {
      hookNames: words(/^[A-Za-z0-9_/-]{1,20}$/),
      topicArns: fc.constantFrom([], [topic]),
      requireTag: fc.boolean(),
      loadBalancers: fc.constantFrom('off', 'wait', 'deregister', 'deregister-all'),
      clusterName: fc.option(fc.stringMatching(/^[0-9A-Za-z][A-Za-z0-9_-]{0,30}$/), { nil: undefined }),
      reportBucket: fc.constant(undefined),
      reportFolder: fc.stringMatching(/^[ -\uffef]{1,40}$/),
      leaseNamespace: fc.stringMatching(/^[a-z][a-z0-9]{0,30}$/),
      logLevel: fc.constantFrom('debug', 'info', 'warn', 'error'),
      policy: policy.map((changes) => ({ ...defaultPolicy, ...changes })),
      notices,
    },
    { noNullPrototype: true },
  );

  it('reads back as the settings it was written from', () => {
    fc.assert(
      fc.property(settings, (given) => {
        expect(parseTerminateSettings(terminateEnvironment(given))).toStrictEqual(given);
      }),
    );
  });

  it('leaves out what is a default anyway', () => {
    expect(terminateEnvironment(parseTerminateSettings(sound))).toEqual(sound);
  });

  it('is not written from a policy that hooks do not have', () => {
    const given = {
      ...parseTerminateSettings(sound),
      policy: { ...defaultPolicy, mode: 'manual', stuckSeconds: 5 } as const,
    };
    expect(() => terminateEnvironment(given)).toThrow(
      new ConfigError(['policy.mode: no setting changes it', 'policy.stuckSeconds: no setting changes it']),
    );
  });
});
