import { expect, it } from 'vitest';
import { createFleetStory } from '../../../sandbox/story/create-fleet-story.ts';
import type { Line } from '../../../sandbox/story/line.ts';
import type { Observation } from '../../../sandbox/world/observation.ts';
import { defaultPolicy } from '../../../shared/lifecycle/policy.ts';

type Seen = Observation extends infer One ? (One extends Observation ? Omit<One, 'at'> : never) : never;

function tell(...seen: Seen[]): Line[] {
  const lines: Line[] = [];
  const listener = { line: (line: Line) => void lines.push(line), progress: () => {} };
  const story = createFleetStory({ policy: defaultPolicy, startedAt: 0 }, listener);
  for (const [index, one] of seen.entries()) story.observe({ ...one, at: index * 2_000 } as Observation);
  story.finish();
  return lines;
}

const mark = JSON.stringify({
  version: 1,
  drain: 'd',
  execution: 'e',
  ...Object.fromEntries(
    ['startedAt', 'deadlineAt', 'endsAt', 'markedAt', 'seenAt'].map((name) => [name, '2026-01-01T00:00:00Z']),
  ),
  ours: { label: true, cordon: true },
});
const instance = (id: string): Seen => ({ from: 'auto-scaling', instanceId: id, lifecycleState: 'Terminating:Wait' });
const started: Seen = {
  from: 'log',
  line: { message: 'event taken', timestamp: '', outcome: 'started', execution: 'e' },
};
const cordon = (name: string) =>
  ({
    from: 'kubernetes',
    change: {
      resource: 'nodes',
      type: 'MODIFIED',
      object: {
        metadata: { name, annotations: { 'eks-node-lifecycle.io/drain': mark } },
        spec: { unschedulable: true, providerID: `aws:///a/i-${name}` },
      },
    },
  }) as unknown as Seen;
const eviction: Seen = { from: 'eviction', eviction: { pod: 'shop/web', nodeName: 'a', status: undefined } };
const told: Seen = { from: 'notification', instanceId: 'i-a', transition: 'terminate', channel: 'sns' };
const cordonsOf = (lines: Line[]) => lines.filter(({ mark: kind, tone }) => kind === 'cordoned' && tone !== 'quiet');

it('says that all nodes are cordoned before the first eviction', () => {
  const lines = tell(instance('i-a'), instance('i-b'), told, started, cordon('a'), cordon('b'), eviction);
  expect(cordonsOf(lines)).toEqual([
    expect.objectContaining({ text: 'all 2 nodes, before the first eviction', tone: 'good' }),
  ]);
});

it('says so when an eviction comes before the last cordon', () => {
  const lines = tell(instance('i-a'), instance('i-b'), told, started, cordon('a'), eviction, cordon('b'));
  expect(cordonsOf(lines)).toEqual([
    expect.objectContaining({ text: 'all 2 nodes, but 1 evictions came before the last of them', tone: 'bad' }),
  ]);
});

it('names a pod that is deleted past its budget, and a tick that fails, whatever the crowd', () => {
  const forced = { message: 'pod deleted past its budget', timestamp: '', pod: 'shop/web', text: 'why' };
  const lines = tell({ from: 'log', line: forced }, { from: 'tick-failure', number: 3, error: new TypeError('a bug') });
  expect(lines.map(({ mark: kind, text }) => [kind, text])).toEqual([
    ['forced', 'shop/web: why'],
    ['tick 3', 'failed: TypeError: a bug'],
  ]);
});
