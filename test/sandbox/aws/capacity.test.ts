import { describe, expect, it } from 'vitest';
import { createScalingGroups } from '../../../sandbox/aws/scaling-groups.ts';
import { createManualClock } from '../../../sandbox/clock.ts';

const template = 'lt-1';

function start({ desired = 2, max = 4 } = {}) {
  const clock = createManualClock(Date.UTC(2026, 2, 1));
  const scaling = createScalingGroups({ clock, account: '123456789012' });
  scaling.templates.set(template, { name: 'w', latest: 7, default: 6 });
  const launches = { templateId: template, version: '$Default' };
  scaling.addGroup({ name: 'w', tags: {}, hooks: [], min: 1, max, desired, launches, zones: ['a', 'b'] });
  for (let at = 1; at <= desired; at++) scaling.addInstance('w', `i-${at}`, { launchedAt: at, zone: 'a' });
  const states = () => scaling.instanceIds().map((id) => scaling.instance(id)?.lifecycleState?.split(':')[0]);
  return { clock, scaling, group: scaling.groupNamed('w'), states };
}

describe('a group with a desired capacity', () => {
  it('launches what is missing, from the version of now, where there are fewest', () => {
    const { scaling, states } = start();
    scaling.setDesired('w', 4);
    expect(states()).toEqual(['InService', 'InService', 'Pending', 'Pending']);
    const [, , third] = scaling.instanceIds();
    expect(scaling.instance(third ?? '')).toMatchObject({ zone: 'b', from: { templateId: template, version: '6' } });
  });

  it('chooses the oldest when there are too many, which is told', () => {
    const { scaling, states } = start();
    scaling.setDesired('w', 1);
    expect(states()).toEqual(['Terminating', 'InService']);
    expect(scaling.victims).toEqual(['i-1']);
  });

  it('replaces an instance that is terminated, unless desired goes down with it', () => {
    const { scaling, states, group } = start();
    scaling.terminateInGroup('i-1', true);
    expect([states(), group.desired]).toEqual([['Terminating', 'InService'], 1]);
    scaling.terminateInGroup('i-2', false);
    expect([states(), group.desired]).toEqual([['Terminating', 'Terminating', 'Pending'], 1]);
    expect(scaling.victims).toEqual([]);
  });

  it('launches and terminates nothing while that is suspended, and makes up for it then', () => {
    const { scaling, states } = start();
    scaling.suspend('w', ['Launch', 'Terminate']);
    scaling.setDesired('w', 3);
    expect(states()).toHaveLength(2);
    scaling.resume('w', ['Launch']);
    expect(states()).toHaveLength(3);
    scaling.setDesired('w', 1);
    expect(scaling.victims).toEqual([]);
  });

  it('stays within its limits', () => {
    const { scaling, group } = start();
    expect(() => scaling.setDesired('w', 5)).toThrow('above max value 4');
    expect(() => scaling.setDesired('w', 0)).toThrow('below min value 1');
    scaling.terminateInGroup('i-1', true);
    expect(() => scaling.terminateInGroup('i-2', true)).toThrow('desiredSize equals minSize (1)');
    scaling.setLimits('w', { min: 3, max: 9 });
    expect(group).toMatchObject({ min: 3, max: 9, desired: 3 });
  });
});
