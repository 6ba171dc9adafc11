import { expect, it } from 'vitest';
import { createStory } from '../../../sandbox/story/create-story.ts';
import type { Line } from '../../../sandbox/story/line.ts';
import type { Observation } from '../../../sandbox/world/observation.ts';
import { defaultPolicy } from '../../../shared/lifecycle/policy.ts';

const startedAt = Date.UTC(2026, 2, 1);
type Seen = Observation extends infer One ? (One extends Observation ? Omit<One, 'at'> : never) : never;

function tell(...observations: [at: number, seen: Seen][]): Line[] {
  const lines: Line[] = [];
  const listener = { line: (line: Line) => void lines.push(line), progress: () => {} };
  const story = createStory({ policy: defaultPolicy, startedAt, instanceId: 'i-0abc' }, listener);
  for (const [at, seen] of observations) story.observe({ ...seen, at: startedAt + at } as Observation);
  story.finish();
  return lines;
}

const log = (message: string, fields: object) => ({
  from: 'log' as const,
  line: { message, timestamp: '', ...fields },
});

it('tells what happened in the order in which it did, not in that in which it was seen', () => {
  const lines = tell([200, { from: 'delivery', file: 'b.json' }], [100, { from: 'delivery', file: 'a.json' }]);
  expect(lines.map(({ at, text }) => [at, text])).toEqual([
    [100, 'events/a.json goes to the intake function'],
    [200, 'events/b.json goes to the intake function'],
  ]);
});

it.each<[string, Seen, Partial<Line>]>([
  [
    'an event that is refused',
    log('event taken', { outcome: 'refused', channel: 'sqs', text: 'not a topic of ours' }),
    { mark: 'intake', text: 'by SQS: refused, not a topic of ours', tone: 'warn' },
  ],
  [
    'a cluster that does not answer',
    log('cluster trouble', { text: 'listing pods: HTTP 503' }),
    { mark: 'trouble', text: 'listing pods: HTTP 503', tone: 'bad' },
  ],
  [
    'a tick that throws',
    { from: 'tick-failure', number: 3, error: new TypeError('a bug') },
    {
      mark: 'tick 3',
      text: 'failed: TypeError: a bug',
      next: 'the state machine tries again after a pause',
      tone: 'bad',
    },
  ],
])('tells of %s', (_, seen, line) => {
  expect(tell([0, seen])).toEqual([expect.objectContaining(line)]);
});

it('leaves out what is no news to a person', () => {
  const call = { service: 'autoscaling', operation: 'DescribeAutoScalingGroups', input: {}, at: 0 };
  expect(tell([0, { from: 'aws', call }], [1, log('drain goes on', {})])).toEqual([]);
});
