import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../../sandbox/clock.ts';
import { rememberingAutoScaling } from '../../../shared/adapters/remembering-auto-scaling.ts';
import type { AutoScalingPort, GroupView, HookView } from '../../../shared/ports.ts';

const { signal } = new AbortController();

function remembering() {
  const clock = createManualClock(0);
  const asked: string[] = [];
  const groups = new Map<string, GroupView>([['web', { name: 'web', tags: {} }]]);
  const port: AutoScalingPort = {
    describeInstance: async (id) => void asked.push(`instance ${id}`),
    describeGroup: async (name) => {
      asked.push(`group ${name}`);
      return groups.get(name);
    },
    describeHook: async (group, name) => {
      asked.push(`hook ${group}/${name}`);
      return { name } as HookView;
    },
    describeHooks: async (group) => {
      asked.push(`hooks ${group}`);
      return group === 'web' ? [{ name: 'one' } as HookView] : [];
    },
    completeAction: async () => 'accepted',
    recordHeartbeat: async () => 'accepted',
  };
  return { clock, asked, groups, port: rememberingAutoScaling(port, { clock }) };
}

describe('a warm function', () => {
  it('asks for a group and a hook once a minute, for an instance each time', async () => {
    const { clock, asked, port } = remembering();
    for (let round = 0; round < 3; round += 1) {
      expect(await port.describeGroup('web', signal)).toMatchObject({ name: 'web' });
      expect(await port.describeHook('web', 'drain', signal)).toMatchObject({ name: 'drain' });
      expect(await port.describeHooks('web', signal)).toEqual([{ name: 'one' }]);
      await port.describeInstance('i-1', signal);
      await clock.advance(25_000);
    }
    expect(asked.filter((call) => !call.startsWith('instance'))).toEqual(['group web', 'hook web/drain', 'hooks web']);
    expect(asked.filter((call) => call.startsWith('instance'))).toHaveLength(3);
    await port.describeGroup('web', signal);
    expect(asked.filter((call) => call === 'group web')).toHaveLength(2);
  });

  it('keeps hooks of the same name in two groups apart, and asks again for what it did not find', async () => {
    const { asked, groups, port } = remembering();
    await port.describeHook('web', 'drain', signal);
    await port.describeHook('api', 'drain', signal);
    expect(asked).toEqual(['hook web/drain', 'hook api/drain']);
    expect(await port.describeHooks('api', signal)).toEqual([]);
    expect(await port.describeHooks('web', signal)).toHaveLength(1);
    expect(await port.describeGroup('api', signal)).toBeUndefined();
    groups.set('api', { name: 'api', tags: {} });
    expect(await port.describeGroup('api', signal)).toBeDefined();
  });
});
