import { describe, expect, it } from 'vitest';
import { defaultLaunchPolicy } from '../../../shared/lifecycle/launch.ts';
import { ConfigError } from '../../../shared/settings/config-error.ts';
import {
  type LaunchFunctionSettings,
  launchEnvironment,
  parseLaunchSettings,
} from '../../../shared/settings/launch.ts';

const defaults: LaunchFunctionSettings = {
  hookNames: ['join'],
  topicArns: [],
  requireTag: false,
  clusterName: undefined,
  logLevel: 'info',
  policy: defaultLaunchPolicy,
};
const other: LaunchFunctionSettings = {
  hookNames: ['join', 'join-2'],
  topicArns: ['arn:aws:sns:eu-west-1:123456789012:hooks'],
  requireTag: true,
  clusterName: 'prod',
  logLevel: 'debug',
  policy: {
    deadlineSeconds: 600,
    reserveSeconds: 30,
    requiredDaemonSets: ['kube-system/cilium'],
    joinBeforeWarmPool: true,
    mostAbandoned: 5,
    abandonedWindowSeconds: 7_200,
  },
};
const problemsOf = (environment: Record<string, string>) => {
  try {
    parseLaunchSettings({ ENL_HOOK_NAMES: 'join', ...environment });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('the settings of the launch function', () => {
  it('are the defaults but for what is set', () => {
    expect(parseLaunchSettings({ ENL_HOOK_NAMES: 'join' })).toEqual(defaults);
    expect(launchEnvironment(defaults)).toEqual({ ENL_HOOK_NAMES: 'join' });
  });

  it('are written so that they read back, every one of them', () => {
    const environment = launchEnvironment(other);
    expect(environment).toEqual({
      ENL_HOOK_NAMES: 'join,join-2',
      ENL_TOPIC_ARNS: 'arn:aws:sns:eu-west-1:123456789012:hooks',
      ENL_REQUIRE_TAG: 'true',
      ENL_CLUSTER_NAME: 'prod',
      ENL_LOG_LEVEL: 'debug',
      ENL_LAUNCH_DEADLINE_SECONDS: '600',
      ENL_RESERVE_SECONDS: '30',
      ENL_REQUIRED_DAEMON_SETS: 'kube-system/cilium',
      ENL_JOIN_BEFORE_WARM_POOL: 'true',
      ENL_MOST_ABANDONED: '5',
      ENL_ABANDONED_WINDOW_SECONDS: '7200',
    });
    expect(parseLaunchSettings(environment)).toEqual(other);
  });

  it('can ask for no DaemonSet at all, in a word', () => {
    const settings = { ...defaults, policy: { ...defaultLaunchPolicy, requiredDaemonSets: [] } };
    const environment = launchEnvironment(settings);
    expect(environment.ENL_REQUIRED_DAEMON_SETS).toBe('none');
    expect(parseLaunchSettings(environment)).toEqual(settings);
  });

  it.each<[Record<string, string>, string]>([
    [
      { ENL_REQUIRED_DAEMON_SETS: 'aws-node' },
      'ENL_REQUIRED_DAEMON_SETS: entry 1: expected namespace/name of a DaemonSet',
    ],
    [{ ENL_REQUIRED_DAEMON_SETS: 'none,a/b' }, 'ENL_REQUIRED_DAEMON_SETS: names none beside others'],
    [{ ENL_REQUIRED_DAEMON_SETS: '' }, 'ENL_REQUIRED_DAEMON_SETS: is empty; leave it out instead'],
    [{ ENL_JOIN_BEFORE_WARM_POOL: 'yes' }, 'ENL_JOIN_BEFORE_WARM_POOL: expected true or false'],
    [{ ENL_MOST_ABANDONED: '0' }, 'ENL_MOST_ABANDONED: expected a whole number from 1 to 1000'],
    [{ ENL_LAUNCH_DEADLINE_SECONDS: '60' }, 'ENL_LAUNCH_DEADLINE_SECONDS: leaves no time beside ENL_RESERVE_SECONDS'],
    [
      { ENL_ABANDONED_WINDOW_SECONDS: '2700' },
      'ENL_ABANDONED_WINDOW_SECONDS: expected more than 2700, which that many launches take: a group of one would be replaced for ever',
    ],
    [
      { ENL_MOST_ABANDONED: '5', ENL_LAUNCH_DEADLINE_SECONDS: '3000', ENL_ABANDONED_WINDOW_SECONDS: '14999' },
      'ENL_ABANDONED_WINDOW_SECONDS: expected more than 15000, which that many launches take: a group of one would be replaced for ever',
    ],
    [{ ENL_DEADLINE_SECONDS: '60' }, 'ENL_DEADLINE_SECONDS: not a setting of this function'],
  ])('%j is refused with what is wrong', (environment, problem) => {
    expect(problemsOf(environment)).toEqual([problem]);
  });

  it('count abandoned launches for just long enough', () => {
    expect(problemsOf({ ENL_ABANDONED_WINDOW_SECONDS: '2701' })).toEqual([]);
  });

  it('must say which hooks are ours', () => {
    const problem = 'ENL_HOOK_NAMES, ENL_TOPIC_ARNS: one of them must say which hooks are ours';
    expect(() => parseLaunchSettings({})).toThrow(problem);
    expect(() => launchEnvironment({ ...defaults, hookNames: [] })).toThrow(problem);
  });

  it('are not written when they would not read back', () => {
    const policy = { ...defaultLaunchPolicy, mostAbandoned: 0 };
    expect(() => launchEnvironment({ ...defaults, policy })).toThrow('ENL_MOST_ABANDONED: expected a whole number');
  });
});
