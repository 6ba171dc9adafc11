import { expect, it } from 'vitest';
import { fromLoadBalancer } from '../../../sandbox/story/from-load-balancer.ts';
import { newMemory } from '../../../sandbox/story/memory.ts';
import { progressOf } from '../../../sandbox/story/progress.ts';
import { defaultPolicy } from '../../../shared/lifecycle/policy.ts';

it('the story of a target goes from its registration until it is out, and is that of our instance alone', () => {
  const memory = newMemory({ policy: defaultPolicy, instanceId: 'i-1', startedAt: 0 });
  const tell = (state: string | undefined, target = 'i-1', kind: 'target-group' | 'classic' = 'target-group') =>
    fromLoadBalancer({ kind, group: 'web', target, state }, memory).map(({ text }) => text);
  expect(tell('healthy')).toEqual(['i-1 is healthy in target group web']);
  expect(tell('draining', 'i-2')).toEqual([]);
  expect(tell('draining')).toEqual(['i-1 is draining in target group web']);
  expect([...memory.targets]).toEqual(['target group web']);
  expect(tell(undefined)).toEqual(['i-1 is out of target group web']);
  expect(memory.targets.size).toBe(0);
  expect(tell('InService', 'i-1', 'classic')).toEqual(['i-1 is InService in load balancer web']);
  expect(progressOf(memory).doing).toBe('is there something to drain?');
});
