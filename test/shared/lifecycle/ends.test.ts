import { describe, expect, it } from 'vitest';
import {
  abortedEnd,
  alreadyResolvedEnd,
  blockedEnd,
  clusterGoneEnd,
  cordonedEnd,
  deadlineEnd,
  drainedEnd,
  handedOverEnd,
  ignoredEnd,
  marksLeftEnd,
  noNodeEnd,
  troubleEnd,
  warnedEnd,
} from '../../../shared/lifecycle/ends.ts';

const nothing = { forced: [], attached: [], kept: [], stuck: [], bounced: [] };
const cleared = 'every evictable pod is gone';

describe('the end, in the words of the table', () => {
  it.each([
    ['nothing evictable left, volumes and load balancers clear', drainedEnd(nothing), 'drained', 'CONTINUE', false],
    ['targets of pods that stay are left', drainedEnd({ ...nothing, kept: ['a'] }), 'drained', 'CONTINUE', false],
    ['some were forced', drainedEnd({ ...nothing, forced: ['default/a'] }), 'drained-forced', 'CONTINUE', true],
    [
      'deadline, pods left, `onDeadline: continue`',
      deadlineEnd('a', [], { onDeadline: 'continue' }),
      'deadline',
      'CONTINUE',
      true,
    ],
    [
      'deadline, pods left, `onDeadline: force`',
      deadlineEnd('a', [], { onDeadline: 'force' }),
      'deadline',
      'CONTINUE',
      true,
    ],
    [
      'deadline, pods left, `onDeadline: abandon`',
      deadlineEnd('a', [], { onDeadline: 'abandon' }),
      'deadline',
      'ABANDON',
      true,
    ],
    ['deadline, pods left, `onDeadline: stop`', deadlineEnd('a', [], { onDeadline: 'stop' }), 'deadline', null, true],
    ['no Node twice', noNodeEnd('i-05629ab7d9287e205'), 'no-node', 'CONTINUE', false],
    ['cluster deleted (ResourceNotFoundException)', clusterGoneEnd('demo'), 'cluster-gone', 'CONTINUE', false],
    [
      'API unreachable for 15 minutes',
      troubleEnd('cluster-unreachable', 900, 'x'),
      'cluster-unreachable',
      'CONTINUE',
      true,
    ],
    ['401 after a fresh token for 15 minutes', troubleEnd('not-mapped', 900, 'x'), 'not-mapped', 'CONTINUE', true],
    ['the mark refused for 15 minutes', troubleEnd('mark-refused', 900, 'x'), 'mark-refused', 'CONTINUE', true],
    [
      'volumes or load balancers not clear after 10 minutes',
      drainedEnd({ ...nothing, attached: ['volume vol-1'] }),
      'drained-not-detached',
      'CONTINUE',
      true,
    ],
    ['the hook is already resolved', alreadyResolvedEnd('it is Terminated'), 'already-resolved', null, false],
    ['aborted, and the instance is InService or back in the warm pool', abortedEnd('returned'), 'aborted', null, false],
    ['aborted, and the cluster keeps our marks', marksLeftEnd('ip-10-0-1-10', 'HTTP 403'), 'aborted', null, true],
    ['aborted in `Terminating:Wait`, complete now', abortedEnd('complete'), 'aborted', 'CONTINUE', false],
    ["aborted in `Terminating:Wait`, wait for the hook's timeout", abortedEnd('wait'), 'aborted', null, false],
    ['a manual drain with a blocked pod', blockedEnd('default/a: local data'), 'aborted', null, false],
    ['stopped on request, without a hook', abortedEnd('no-hook'), 'aborted', null, false],
    ['a notice that is only told of', warnedEnd('AWS has scheduled a stop'), 'warned', null, true],
    ['a notice that asks for a cordon', cordonedEnd('node-1'), 'cordoned', null, false],
    ['a notice whose node another drain has', handedOverEnd('node-1', 'one', 'soon'), 'handed-over', null, false],
    ['an event that is not ours', ignoredEnd('foreign-hook', 'not ours'), 'ignored', null, false],
    ['an event whose cluster cannot be told', ignoredEnd('two-clusters', 'a and b', true), 'ignored', null, true],
  ] as const)('%s: %o', (_row, end, reason, completion, alarm) => {
    expect(end).toMatchObject({ reason, completion, alarm });
  });
});

describe('the text of an end', () => {
  it.each([
    [drainedEnd(nothing), cleared],
    [
      drainedEnd({ ...nothing, forced: ['a', 'b', 'c'] }),
      `${cleared}; deleted past their disruption budget or refusal: a, b, c`,
    ],
    [
      drainedEnd({ ...nothing, attached: ['v1', 'v2', 'v3', 'v4', 'v5'] }),
      `${cleared}; still attached or registered: v1, v2, v3 and 2 more`,
    ],
    [
      deadlineEnd('a: why', ['b', 'c', 'd', 'e'], { onDeadline: 'force' }),
      'the deadline passed with pods left: a: why; deleted before that: b, c, d and 1 more',
    ],
    [drainedEnd({ ...nothing, stuck: ['a'] }), `${cleared}; not waited for any longer: a`],
    [
      drainedEnd({ forced: ['a'], stuck: ['b'], bounced: ['c'], attached: ['d'], kept: ['e'] }),
      `${cleared}; deleted past their disruption budget or refusal: a; not waited for any longer: b; came back after their eviction: c; still attached or registered: d; left in load balancers with the pods that stay: e`,
    ],
    [deadlineEnd('a: why', [], { onDeadline: 'force' }), 'the deadline passed with pods left: a: why'],
    [
      deadlineEnd('a: why', ['b'], { onDeadline: 'force' }),
      'the deadline passed with pods left: a: why; deleted before that: b',
    ],
    [noNodeEnd('i-1'), 'no Node has the provider ID of i-1: it never joined, or is gone already'],
    [clusterGoneEnd('demo'), 'the cluster demo no longer exists'],
    [troubleEnd('not-mapped', 900.4, 'HTTP 401'), 'for 900 s: HTTP 401'],
    [alreadyResolvedEnd('done'), 'done'],
    [blockedEnd('a: local data'), 'a: local data'],
    [ignoredEnd('code', 'why'), 'why'],
    [abortedEnd('returned'), 'the instance is in service again; our marks are undone'],
    [
      marksLeftEnd('node-1', 'HTTP 403'),
      'the instance is in service again, but node-1 keeps our cordon and label: HTTP 403; kubectl uncordon node-1',
    ],
    [
      marksLeftEnd('node-1', 'HTTP 403', 'the drain is refused'),
      'the drain is refused, but node-1 keeps our cordon and label: HTTP 403; kubectl uncordon node-1',
    ],
    [abortedEnd('complete'), 'stopped on request, the hook is completed'],
    [abortedEnd('wait'), 'stopped on request, the hook is left to its timeout'],
    [abortedEnd('no-hook'), 'stopped on request, there is no hook to complete'],
    [warnedEnd('AWS has scheduled a stop'), 'AWS has scheduled a stop'],
    [cordonedEnd('node-1'), 'node-1 is cordoned; its pods stay'],
    [
      handedOverEnd('node-1', 'i-1-token', '2026-03-01T09:00:00Z'),
      'node-1 is being drained by i-1-token, until 2026-03-01T09:00:00Z at the latest',
    ],
  ])('%# says what a person needs', (end, text) => {
    expect(end.text).toBe(text);
  });

  it('has a code where one reason has several ways', () => {
    const codes = [
      abortedEnd('returned'),
      abortedEnd('complete'),
      abortedEnd('wait'),
      abortedEnd('no-hook'),
      blockedEnd(''),
      marksLeftEnd('', ''),
      ignoredEnd('x', ''),
    ];
    expect(codes.map(({ code }) => code)).toEqual([
      'returned',
      'complete',
      'wait',
      'no-hook',
      'blocked',
      'marks-left',
      'x',
    ]);
  });

  it('tells of volumes left behind before it tells of force', () => {
    expect(drainedEnd({ ...nothing, forced: ['a'], attached: ['v1'] }).reason).toBe('drained-not-detached');
  });
});
