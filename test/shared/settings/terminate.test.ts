import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultNoticePolicy } from '../../../shared/lifecycle/notice-policy.ts';
import { defaultPolicy } from '../../../shared/lifecycle/policy.ts';
import { ConfigError } from '../../../shared/settings/config-error.ts';
import { parseTerminateSettings } from '../../../shared/settings/terminate.ts';

const topic = 'arn:aws-us-gov:sns:us-gov-west-1:123456789012:lifecycle';
const sound = { ENL_HOOK_NAMES: 'drain', ENL_REPORT_BUCKET: 'drain-reports' };

/** Much sooner made than fast-check’s own unit of all code points. */
const anyCharacter = fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point));

function problemsOf(environment: Record<string, string | undefined>): readonly string[] {
  try {
    parseTerminateSettings(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the tick’s settings', () => {
  it('are the default policy for the hooks that are named, and a place for reports', () => {
    expect(parseTerminateSettings({ ...sound, ENL_OLD: undefined })).toEqual({
      hookNames: ['drain'],
      topicArns: [],
      requireTag: false,
      clusterName: undefined,
      reportBucket: 'drain-reports',
      reportFolder: undefined,
      leaseNamespace: 'eks-node-lifecycle',
      loadBalancers: 'wait',
      logLevel: 'info',
      policy: defaultPolicy,
      notices: defaultNoticePolicy,
    });
  });

  it('are read from their keys', () => {
    const environment = {
      ENL_TOPIC_ARNS: topic,
      ENL_REQUIRE_TAG: 'true',
      ENL_CLUSTER_NAME: 'blue',
      ENL_REPORT_FOLDER: '/tmp/reports',
      ENL_LEASE_NAMESPACE: 'platform',
      ENL_LOAD_BALANCERS: 'deregister',
      ENL_LOG_LEVEL: 'warn',
      ENL_DEADLINE_SECONDS: '7200',
      ENL_RESERVE_SECONDS: '90',
      ENL_ON_DEADLINE: 'abandon',
      ENL_GRACE_CAP_SECONDS: '600',
      ENL_SETTLE_SECONDS: '0',
      ENL_DETACH_SECONDS: '300',
      ENL_SURGE_SINGLETONS: 'true',
      ENL_DAEMON_SETS: 'evict-last',
      ENL_BURST_SECONDS: '10',
      ENL_MAX_IN_FLIGHT: '10',
      ENL_UNREACHABLE_SECONDS: '60',
      ENL_REBALANCE: 'cordon',
      ENL_SCHEDULED_CHANGE: 'drain',
      ENL_STATE_CHANGE_SECONDS: '30',
      ENL_SPOT_RESERVE_SECONDS: '0',
    };
    expect(parseTerminateSettings(environment)).toEqual({
      hookNames: [],
      topicArns: [topic],
      requireTag: true,
      clusterName: 'blue',
      reportBucket: undefined,
      reportFolder: '/tmp/reports',
      leaseNamespace: 'platform',
      loadBalancers: 'deregister',
      logLevel: 'warn',
      policy: {
        ...defaultPolicy,
        deadlineSeconds: 7200,
        reserveSeconds: 90,
        onDeadline: 'abandon',
        graceCapSeconds: 600,
        settleSeconds: 0,
        detachSeconds: 300,
        daemonSets: 'evict-last',
        surgeSingletons: true,
        burstSeconds: 10,
        maxInFlight: 10,
        unreachableSeconds: 60,
      },
      notices: { rebalance: 'cordon', scheduledChange: 'drain', stateChangeSeconds: 30, spotReserveSeconds: 0 },
    });
  });

  it.each<[string, Record<string, string | undefined>, string]>([
    [
      'no hook and no topic',
      { ENL_HOOK_NAMES: undefined },
      'ENL_HOOK_NAMES, ENL_TOPIC_ARNS: one of them must say which hooks are ours',
    ],
    [
      'no place for reports',
      { ENL_REPORT_BUCKET: undefined },
      'ENL_REPORT_BUCKET, ENL_REPORT_FOLDER: one of them must be set',
    ],
    [
      'two places for reports',
      { ENL_REPORT_FOLDER: '/tmp' },
      'ENL_REPORT_BUCKET, ENL_REPORT_FOLDER: only one of them may be set',
    ],
    [
      'a hook name with a space',
      { ENL_HOOK_NAMES: 'a,b c' },
      'ENL_HOOK_NAMES: entry 2: expected the name of a lifecycle hook',
    ],
    ['a cluster’s ARN', { ENL_CLUSTER_NAME: 'arn:aws:eks' }, 'ENL_CLUSTER_NAME: expected the name of an EKS cluster'],
    ['an S3 URL', { ENL_REPORT_BUCKET: 's3://reports' }, 'ENL_REPORT_BUCKET: expected the name of an S3 bucket'],
    [
      'a namespace in capitals',
      { ENL_LEASE_NAMESPACE: 'EKS' },
      'ENL_LEASE_NAMESPACE: expected the name of a Kubernetes namespace',
    ],
    [
      'what only a person’s drain can do',
      { ENL_ON_DEADLINE: 'stop' },
      'ENL_ON_DEADLINE: expected one of force, continue, abandon',
    ],
    [
      'an unknown way with load balancers',
      { ENL_LOAD_BALANCERS: 'drain' },
      'ENL_LOAD_BALANCERS: expected one of off, wait, deregister, deregister-all',
    ],
    [
      'a deadline of 49 hours',
      { ENL_DEADLINE_SECONDS: '176400' },
      'ENL_DEADLINE_SECONDS: expected a whole number from 1 to 172800',
    ],
    ['a fraction', { ENL_SETTLE_SECONDS: '0.5' }, 'ENL_SETTLE_SECONDS: expected a whole number from 0 to 300'],
    ['a unit', { ENL_DETACH_SECONDS: '600s' }, 'ENL_DETACH_SECONDS: expected a whole number from 0 to 7200'],
    [
      'a hexadecimal number',
      { ENL_MAX_IN_FLIGHT: '0x10' },
      'ENL_MAX_IN_FLIGHT: expected a whole number from 1 to 1000',
    ],
    [
      'a negative number',
      { ENL_UNREACHABLE_SECONDS: '-1' },
      'ENL_UNREACHABLE_SECONDS: expected a whole number from 1 to 172800',
    ],
    ['a tag that is asked for in other words', { ENL_REQUIRE_TAG: 'yes' }, 'ENL_REQUIRE_TAG: expected true or false'],
    ['a burst of an hour', { ENL_BURST_SECONDS: '3600' }, 'ENL_BURST_SECONDS: expected a whole number from 0 to 60'],
    [
      'another answer to a rebalance recommendation',
      { ENL_REBALANCE: 'warn' },
      'ENL_REBALANCE: expected one of off, cordon, drain',
    ],
    [
      'another answer to a scheduled change',
      { ENL_SCHEDULED_CHANGE: 'off' },
      'ENL_SCHEDULED_CHANGE: expected one of warn, drain',
    ],
    [
      'a long farewell',
      { ENL_STATE_CHANGE_SECONDS: '601' },
      'ENL_STATE_CHANGE_SECONDS: expected a whole number from 0 to 600',
    ],
    [
      'a reserve as long as the notice of a spot interruption',
      { ENL_SPOT_RESERVE_SECONDS: '120' },
      'ENL_SPOT_RESERVE_SECONDS: expected a whole number from 0 to 110',
    ],
    [
      'a deadline that the reserve eats up',
      { ENL_DEADLINE_SECONDS: '65' },
      'ENL_DEADLINE_SECONDS: leaves no time beside ENL_RESERVE_SECONDS and ENL_SETTLE_SECONDS',
    ],
    [
      'more grace than time',
      { ENL_GRACE_CAP_SECONDS: '3601' },
      'ENL_GRACE_CAP_SECONDS: is longer than ENL_DEADLINE_SECONDS',
    ],
    ['a setting of the intake', { ENL_ACCOUNT: '123456789012' }, 'ENL_ACCOUNT: not a setting of this function'],
  ])('are refused with %s', (_, changes, problem) => {
    expect(problemsOf({ ...sound, ...changes })).toEqual([problem]);
  });

  it('are refused with malformed, missing, contradictory and unknown keys in one error', () => {
    expect(problemsOf({ ENL_DETACH_SECONDS: 'long', ENL_RESERVE_SECONDS: '3600', ENL_DRY_RUN: 'true' })).toEqual([
      'ENL_DETACH_SECONDS: expected a whole number from 0 to 7200',
      'ENL_DRY_RUN: not a setting of this function',
      'ENL_HOOK_NAMES, ENL_TOPIC_ARNS: one of them must say which hooks are ours',
      'ENL_REPORT_BUCKET, ENL_REPORT_FOLDER: one of them must be set',
      'ENL_DEADLINE_SECONDS: leaves no time beside ENL_RESERVE_SECONDS and ENL_SETTLE_SECONDS',
    ]);
  });

  it('are settings or a ConfigError, whatever the environment holds', () => {
    const keys = ['ENL_HOOK_NAMES', 'ENL_DEADLINE_SECONDS', 'ENL_REPORT_FOLDER', 'ENL_ON_DEADLINE', 'ENL_X', 'HOME'];
    const environment = fc.dictionary(fc.constantFrom(...keys), fc.string({ unit: anyCharacter }));
    fc.assert(fc.property(environment, (given) => Array.isArray(problemsOf(given))));
  });
});
