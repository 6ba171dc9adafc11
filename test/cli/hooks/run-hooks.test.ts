import { describe, expect, it } from 'vitest';
import { refusal } from '../../../sandbox/aws/service-faults.ts';
import { startHooks, topicArn } from './start-hooks.ts';

describe('hooks plan', () => {
  it('shows each group with its hooks, what changes field by field, and why a group is left alone', async () => {
    const { run, writes } = await startHooks();
    const { code, text } = await run({ command: 'plan' });
    expect(code).toBe(0);
    expect(text).toContain(
      [
        'demo-spot',
        '  ~ eks-node-lifecycle-terminate  2 values change',
        '      heartbeat  300 s -> 1800 s',
        '      default    ABANDON -> CONTINUE',
        '  + eks-node-lifecycle-launch     is added',
        "  . ship-logs                     somebody else's at terminate, kept: an instance waits for both",
      ].join('\n'),
    );
    expect(text).toContain('  = drain                         notifies our topic already: it needs no second one\n');
    expect(text).toContain(
      'left alone: eks-system-4ac0 belongs to the managed node group system, which EKS drains itself',
    );
    expect(text).toContain('left alone: demo-batch is tagged eks-node-lifecycle/managed=false');
    expect(text).toContain(`topic      ${topicArn}\n`);
    expect(text).toContain(
      'demo in eu-west-1: 4 to add, 1 to change; 3 kept, 2 groups left alone.\nNothing was changed.',
    );
    expect(writes()).toEqual([]);
  });

  it('ends with 2 when there is something to do and that is asked for, and with 0 when there is not', async () => {
    const { run } = await startHooks();
    const asked = { command: 'plan', tellChanges: true } as const;
    expect(await run(asked)).toMatchObject({ code: 2 });
    await run();
    expect(await run(asked)).toMatchObject({ code: 0 });
  });

  it('says plainly that Karpenter and Auto Mode have no groups when a cluster has none', async () => {
    const { run } = await startHooks();
    const { code, text } = await run({ command: 'plan', clusterName: 'auto' });
    expect(code).toBe(0);
    expect(text).toContain('No Auto Scaling group in eu-west-1 is tagged kubernetes.io/cluster/auto or');
    expect(text).toContain('Karpenter and EKS Auto Mode start instances without a group');
  });

  it('looks at the groups that are named and at no other, and ends with 1 for one that there is not', async () => {
    const { run } = await startHooks();
    const { code, text } = await run({ command: 'plan', groupNames: ['other-workers', 'nowhere'] });
    expect(code).toBe(1);
    expect(text).toContain('left alone: its tags say that it belongs to cluster other');
    expect(text).toContain(
      'nowhere\n  ! there is no Auto Scaling group of that name\n      See the name, and --region',
    );
    expect(text).not.toContain('demo-new');
  });
});

describe('hooks install', () => {
  it('does what the plan says, keeps what is not ours, and has nothing to do the second time', async () => {
    const { run, writes, namesOf, sandbox } = await startHooks();
    const first = await run();
    expect(first.code).toBe(0);
    expect(first.text).toMatch(/ {2}done {5}demo-spot {5}eks-node-lifecycle-terminate {2}changed\n/);
    expect(first.text).toMatch(/\n5 done\.\n$/);
    expect(namesOf('demo-spot')).toEqual(['eks-node-lifecycle-terminate', 'ship-logs', 'eks-node-lifecycle-launch']);
    expect(namesOf('demo-by-hand')).toEqual(['drain', 'eks-node-lifecycle-launch']);
    expect(namesOf('demo-batch')).toEqual([]);
    expect(namesOf('eks-system-4ac0')).toEqual(['Terminate-LC-Hook']);
    expect(sandbox.scaling.hooksOf('demo-spot')[0]?.metadata).toBe('{"cluster":"demo","onDeadline":"continue"}');
    const second = await run();
    expect(second.text).toMatch(/demo in eu-west-1: nothing to do; 8 kept, 2 groups left alone\.\n$/);
    expect(writes()).toHaveLength(5);
  });

  it('asks first, and a no changes nothing; where there is nothing to do it does not ask', async () => {
    const { run, writes, questions } = await startHooks();
    expect(await run({ yes: false })).toMatchObject({ code: 0, text: expect.stringContaining('Nothing was changed.') });
    expect(writes()).toEqual([]);
    expect(await run({ yes: false }, { answer: true })).toMatchObject({ code: 0 });
    expect(await run({ yes: false })).toMatchObject({ text: expect.stringContaining('nothing to do') });
    expect(questions).toEqual(Array(2).fill('Add and change these hooks?'));
    expect(await run({ dryRun: true, clusterName: 'other' })).toMatchObject({
      text: expect.stringMatching(/2 to add\.\nNot/),
    });
  });

  it('goes on with the others when one fails, says which and why, ends with 1, and the next run does what is left', async () => {
    const { run, sandbox, namesOf } = await startHooks();
    sandbox.faults.add({ match: /^Put/, times: 1, effect: refusal('autoscaling', 'denied') });
    const { code, text } = await run({ groupNames: ['demo-new', 'demo-spot'] });
    expect(code).toBe(1);
    expect(text).toContain(
      [
        '  failed   demo-new   eks-node-lifecycle-terminate',
        '           putting hook eks-node-lifecycle-terminate on group demo-new: not allowed: autoscaling:PutLifecycleHook',
        '           Whoever runs this needs the IAM action autoscaling:PutLifecycleHook.',
        '  done     demo-new   eks-node-lifecycle-launch     added',
      ].join('\n'),
    );
    expect(text).toContain('3 done, 1 failed. Run it again');
    expect(await run({ groupNames: ['demo-new', 'demo-spot'] })).toMatchObject({ code: 0 });
    expect(namesOf('demo-new')).toHaveLength(2);
  });

  it('plans the other groups when one cannot be read, and ends with 1', async () => {
    const { run, sandbox } = await startHooks();
    sandbox.faults.add({
      match: () => sandbox.calls.at(-1)?.input.AutoScalingGroupName === 'demo-new',
      effect: refusal('autoscaling', 'throttled'),
    });
    const { code, text } = await run({ command: 'plan' });
    expect(code).toBe(1);
    expect(text).toContain(
      '  ! describing the hooks of group demo-new: Throttling: Rate exceeded\n      Run it again:',
    );
    expect(text).toContain('demo in eu-west-1: 2 to add, 1 to change; 3 kept, 2 groups left alone, 1 group not read.');
  });

  it('ends with 1 when a group has no room for a hook', async () => {
    const { run, sandbox, writes } = await startHooks();
    const theirs = { heartbeatSeconds: 60, defaultResult: 'CONTINUE' as const };
    for (let at = 0; at < 50; at++) sandbox.scaling.putHook('demo-new', { ...theirs, name: `theirs-${at}` });
    const { code, text } = await run({ groupNames: ['demo-new'] });
    expect(code).toBe(1);
    expect(text).toContain('! eks-node-lifecycle-launch     the group has 50 lifecycle hooks and can have 50');
    expect(writes()).toEqual([]);
  });

  it('stops at an interrupt, says what was not done, and throws the reason', async () => {
    const { run, sandbox, writes, said } = await startHooks();
    const stop = new AbortController();
    sandbox.faults.add({
      match: (operation) => operation.startsWith('Put') && stopsNow(),
      effect: { delayMs: 60_000 },
    });
    const stopsNow = () => {
      stop.abort(new Error('stopped'));
      return true;
    };
    await expect(run({}, { signal: stop.signal })).rejects.toThrow('stopped');
    expect(writes()).toHaveLength(1);
    expect(said.join('')).toContain('  stopped  demo-by-hand  eks-node-lifecycle-launch\n');
    expect(said.join('')).toContain('\n0 done, 5 not begun or cut off. Run it again');
  });
});

describe('hooks remove', () => {
  it('deletes ours, also of a group that opted out since, and keeps those of others', async () => {
    const { run, namesOf, sandbox } = await startHooks();
    await run();
    const group = sandbox.scaling.group('demo-new');
    if (group) group.tags['eks-node-lifecycle/managed'] = 'false';
    expect(await run({ command: 'remove' })).toMatchObject({ code: 0, text: expect.stringMatching(/7 done\.\n$/) });
    for (const name of ['demo-new', 'demo-workers']) expect(namesOf(name)).toEqual([]);
    expect([namesOf('demo-spot'), namesOf('demo-by-hand')]).toEqual([['ship-logs'], ['drain']]);
    expect(await run({ command: 'remove' })).toMatchObject({ code: 0, text: expect.stringContaining('nothing to do') });
  });

  it('warns of instances that wait, in the plan and in the question', async () => {
    const { run, questions } = await startHooks();
    const { text } = await run({ command: 'remove', yes: false });
    expect(text).toContain('waiting    i-0a1b2c3d4e5f60002 in Terminating:Wait: it goes at once, drained or not\n');
    expect(questions).toEqual([expect.stringContaining('1 instance waits for them')]);
  });

  it('keeps a hook with our name that notifies another topic, unless it is forced', async () => {
    const { run, namesOf } = await startHooks();
    const request = { command: 'remove', groupNames: ['demo-spot'], topicArn: `${topicArn}2` } as const;
    expect(await run(request)).toMatchObject({
      code: 0,
      text: expect.stringContaining('--force goes by the name alone'),
    });
    expect(namesOf('demo-spot')).toContain('eks-node-lifecycle-terminate');
    await run({ ...request, force: true });
    expect(namesOf('demo-spot')).toEqual(['ship-logs']);
  });

  it('takes a hook that somebody deleted meanwhile for done', async () => {
    const { run, sandbox } = await startHooks();
    sandbox.faults.add({
      match: (operation) => {
        if (operation === 'DeleteLifecycleHook') sandbox.scaling.hooksOf('demo-spot').splice(0);
        return false;
      },
      effect: { delayMs: 0 },
    });
    const { code, text } = await run({ command: 'remove', groupNames: ['demo-spot'] });
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining('was deleted meanwhile') });
  });
});

describe('JSON', () => {
  it('is one document with every value, the summary and the results', async () => {
    const { run, sandbox } = await startHooks();
    sandbox.faults.add({ match: /^Put/, times: 1, effect: refusal('autoscaling', 'denied') });
    const { code, text } = await run({ output: 'json', groupNames: ['demo-spot', 'nowhere'] });
    expect(code).toBe(1);
    expect(JSON.parse(text)).toMatchObject({
      version: 1,
      command: 'install',
      cluster: 'demo',
      region: 'eu-west-1',
      groups: [
        {
          name: 'demo-spot',
          steps: [
            { verdict: 'change', changes: [{ field: 'heartbeatSeconds', from: 300, to: 1800 }, {}] },
            { verdict: 'create', hook: { heartbeatSeconds: 1800, metadata: '{"cluster":"demo"}' } },
          ],
          others: [{ name: 'ship-logs', code: 'foreign-hook' }],
        },
      ],
      failures: [{ name: 'nowhere' }],
      summary: { create: 1, change: 1, keep: 0, leftAlone: 0, unread: 1 },
      results: [
        { group: 'demo-spot', verdict: 'change', outcome: 'failed', next: expect.stringContaining('PutLifecycleHook') },
        { outcome: 'done' },
      ],
    });
  });
});
