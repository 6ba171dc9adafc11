import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { asg04 } from '../../../../shared/audit/checks/asg-04.ts';
import { factsOf, foreign, wishes } from './facts.ts';

const launching = { name: 'join', transition: 'autoscaling:EC2_INSTANCE_LAUNCHING' };

describe('ASG-04: a self-managed group has a hook that pauses its terminations', () => {
  test.each([
    ['our own', [{}], 'PASS', 'high'],
    ['one that notifies our topic', [{ name: 'drain' }], 'PASS', 'high'],
    ['one that the settings name', [{ ...foreign, name: 'legacy' }], 'PASS', 'high'],
    ["somebody else's beside ours", [foreign, {}], 'PASS', 'high'],
    ["only somebody else's", [foreign], 'WARN', 'medium'],
    ['none', [], 'FAIL', 'high'],
    ['one for launches only', [launching], 'FAIL', 'high'],
    ['ours by name, at launches', [{ transition: launching.transition }], 'FAIL', 'high'],
  ])('%s', (_, hooks, status, severity) => {
    expect(asg04.judge(factsOf(hooks), wishes)).toMatchObject([
      { resource: 'workers', status, ...(severity !== 'high' && { severity }) },
    ]);
  });

  test('what is wrong comes with the hooks that there are and a command that a shell takes apart as it is meant', () => {
    const [finding] = asg04.judge(factsOf([launching], { name: "it's $HOME" }), wishes);
    expect(finding?.evidence).toEqual({ hooks: ['join autoscaling:EC2_INSTANCE_LAUNCHING'] });
    const words = execFileSync('sh', ['-c', `aws() { printf '%s\\n' "$@"; }; ${finding?.remediation?.command}`], {
      encoding: 'utf8',
    });
    expect(words.trim().split('\n')).toEqual([
      ...['autoscaling', 'put-lifecycle-hook', '--region', 'eu-west-1', '--auto-scaling-group-name', "it's $HOME"],
      ...['--lifecycle-hook-name', 'eks-node-lifecycle-terminate'],
      ...['--lifecycle-transition', 'autoscaling:EC2_INSTANCE_TERMINATING'],
      ...['--heartbeat-timeout', '1800', '--default-result', 'CONTINUE'],
      ...['--notification-target-arn', wishes.topicArn, '--role-arn', wishes.roleArn],
      ...['--notification-metadata', '{"cluster":"demo"}'],
    ]);
  });

  test('a group that can have no more hooks gets no command that would fail', () => {
    const full = Array.from({ length: 50 }, (_, at) => ({ ...launching, name: `join-${at}` }));
    const [finding] = asg04.judge(factsOf(full), wishes);
    expect(finding?.status).toBe('FAIL');
    expect(finding).not.toHaveProperty('remediation');
  });
});
