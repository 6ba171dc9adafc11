import { describe, expect, it } from 'vitest';
import { defaultLaunchPolicy } from '../../../shared/lifecycle/launch.ts';
import {
  type GivingUp,
  instanceGoneEnd,
  keptEnd,
  launchClusterGoneEnd,
  neverReadyEnd,
  noteTaint,
  readyEnd,
  toWarmPoolEnd,
} from '../../../shared/lifecycle/launch-ends.ts';
import { aNode, nodeName, now, seconds } from './builders.ts';

const givingUp = (seen: Partial<GivingUp> = {}): GivingUp => ({
  diagnosis: { code: 'no-node', text: 'no Node', fix: 'look' },
  answeredAt: now - 5 * seconds,
  missing: 'HTTP 403 no',
  abandoned: 0,
  defaultResult: 'CONTINUE',
  policy: defaultLaunchPolicy,
  ...seen,
});

describe('a launch that was never ready', () => {
  it('is abandoned with its diagnosis', () => {
    expect(neverReadyEnd(givingUp(), now)).toEqual({
      reason: 'never-ready',
      code: 'no-node',
      completion: 'ABANDON',
      text: 'no Node',
      fix: 'look',
      alarm: true,
    });
  });

  it('is abandoned without a command where there is none', () => {
    expect(neverReadyEnd(givingUp({ diagnosis: { code: 'a', text: 'b' } }), now)).not.toHaveProperty('fix');
  });

  it.each([
    ['never answered', null, 'never-ready-kept'],
    ['answered too long ago', now - 121 * seconds, 'never-ready-kept'],
    ['answered just in time', now - 120 * seconds, 'never-ready'],
  ])('while the API server %s: %s', (_, answeredAt, reason) => {
    expect(neverReadyEnd(givingUp({ answeredAt }), now).reason).toBe(reason);
  });

  it('is kept while the API server never answered, however early it is', () => {
    expect(neverReadyEnd(givingUp({ answeredAt: null }), 1_000).reason).toBe('never-ready-kept');
  });

  it('is kept, with an alarm and what the API server said instead', () => {
    const end = neverReadyEnd(givingUp({ answeredAt: null }), now);
    expect(end).toMatchObject({ code: 'api-silent', completion: 'CONTINUE', alarm: true });
    expect(end.text).toContain('HTTP 403 no');
  });

  it.each([
    [2, 'never-ready', 'ABANDON'],
    [3, 'never-ready-kept', 'CONTINUE'],
    [4, 'never-ready-kept', 'CONTINUE'],
    ['unknown', 'never-ready-kept', 'CONTINUE'],
  ] as const)('after %s abandoned launches of its group: %s', (abandoned, reason, completion) => {
    expect(neverReadyEnd(givingUp({ abandoned }), now)).toMatchObject({
      reason,
      completion,
      code: 'no-node',
      fix: 'look',
    });
  });

  it('is kept with the number of those before it', () => {
    expect(neverReadyEnd(givingUp({ abandoned: 'unknown' }), now).text).toContain(
      'no Node; kept, since nobody could say',
    );
    expect(neverReadyEnd(givingUp({ abandoned: 3 }), now).text).toBe(
      'no Node; kept, since 3 launches were abandoned within 60 minutes',
    );
  });

  it('says so when the hook itself would have abandoned it', () => {
    const end = neverReadyEnd(givingUp({ abandoned: 3, defaultResult: 'ABANDON' }), now);
    expect(end.text).toMatch(/DefaultResult ABANDON/);
    expect(keptEnd('a', 'b', { defaultResult: 'CONTINUE' })).toEqual({
      reason: 'never-ready-kept',
      code: 'a',
      completion: 'CONTINUE',
      text: 'b',
      alarm: true,
    });
  });
});

describe('the start-up taint', () => {
  const effect = 'NoSchedule';
  const tainted = aNode({
    taints: [
      { key: 'theirs', effect },
      { key: 'eks-node-lifecycle.io/not-ready', effect },
    ],
  });
  const kept = keptEnd('a', 'b', { defaultResult: 'CONTINUE' });
  const command = `kubectl taint node ${nodeName} eks-node-lifecycle.io/not-ready-`;

  it('of an instance that is kept is told, with the command that takes it away', () => {
    const noted = { ...kept, text: `b; its start-up taint stays, to let pods in: ${command}` };
    expect(noteTaint(kept, tainted)).toEqual({ ...noted, fix: command });
    expect(noteTaint({ ...kept, fix: 'look' }, tainted)).toEqual({ ...noted, fix: 'look' });
  });

  it('is not told of where there is none, or where the instance goes', () => {
    expect(noteTaint(kept, aNode({ taints: [{ key: 'other', effect: 'NoSchedule' }] }))).toEqual(kept);
    expect(noteTaint(kept, undefined)).toEqual(kept);
    const abandoned = neverReadyEnd(givingUp(), now);
    expect(noteTaint(abandoned, tainted)).toEqual(abandoned);
  });
});

describe('an instance that ends before it was ready', () => {
  it.each([
    ['Server.InternalError: Internal error on launch', true],
    ['Client.InvalidVolume.NotFound', true],
    [undefined, true],
    ['Client.UserInitiatedShutdown: User initiated shutdown', false],
    ['Server.SpotInstanceTermination: Instance terminated by Spot', false],
  ])('%s: alarm %s', (reason, alarm) => {
    const end = instanceGoneEnd({ instanceId: 'i-1', region: 'eu-west-1' }, 'terminated', reason);
    expect(end.fix).toBe('aws ec2 describe-instances --instance-ids i-1 --region eu-west-1');
    expect(end).toMatchObject({ reason: 'instance-gone', code: 'instance-not-running', completion: 'ABANDON', alarm });
    expect(end.text).toContain(reason === undefined ? 'i-1 is terminated before' : `i-1 is terminated (${reason})`);
  });
});

it('other ends continue', () => {
  const done = { completion: 'CONTINUE', alarm: false };
  expect(readyEnd('node-1', ['label a=b'])).toEqual({ reason: 'ready', ...done, text: 'node-1 is ready; label a=b' });
  const text = 'i-1 goes to its warm pool without a Node';
  expect(toWarmPoolEnd('i-1', undefined)).toEqual({ reason: 'to-warm-pool', ...done, text });
  expect(toWarmPoolEnd('i-1', 'node-1').text).toBe('i-1 goes to its warm pool after node-1 was ready');
  expect(launchClusterGoneEnd('demo')).toEqual({
    reason: 'cluster-gone',
    completion: 'CONTINUE',
    text: 'the cluster demo does not exist, or no longer',
    alarm: true,
  });
});
