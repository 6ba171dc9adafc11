import type { DrainStatus } from '../../shared/manual/drain-status.ts';
import type { DrainEvent } from '../../shared/manual/start-drains.ts';
import type { WatchedDrain } from './screen.ts';
import { withoutHead } from './started-text.ts';

/** What is known of each drain, from what it tells and from looks at its node. */
export type WatchedDrains = ReturnType<typeof createWatchedDrains>;

interface Known {
  node: string;
  startedAt?: number;
  endedAt?: number;
  phase: string;
  tone: WatchedDrain['tone'];
  text?: string;
  nextLookAt?: number;
  most: number;
  status?: DrainStatus;
}

export function createWatchedDrains(nodes: readonly string[], now: () => number) {
  const drains = new Map<string, Known>(
    nodes.map((node) => [node, { node, phase: 'waiting', tone: 'waiting', most: 0 }]),
  );
  let stopping = false;

  return {
    /** Of what is under way. */
    underWay: (): string[] =>
      [...drains.values()]
        .filter((drain) => drain.startedAt !== undefined && drain.endedAt === undefined)
        .map(({ node }) => node),

    hear(event: DrainEvent): void {
      if (event.kind === 'stopping') stopping = true;
      const drain = 'node' in event ? drains.get(event.node) : undefined;
      if (!drain) return;
      if (event.kind === 'begun') {
        Object.assign(drain, { startedAt: now(), nextLookAt: now(), phase: 'beginning', tone: 'working' });
      }
      if (event.kind === 'tick') hearTick(drain, event.output);
      if (event.kind === 'ended') {
        const { outcome, text } = event.outcome;
        Object.assign(drain, {
          endedAt: now(),
          phase: outcome,
          tone: outcome === 'drained' ? 'good' : 'bad',
          text: withoutHead(text, outcome),
        });
      }
    },

    see(status: DrainStatus): void {
      const drain = drains.get(status.node);
      if (!drain || drain.endedAt !== undefined) return;
      const { evictable, terminating } = status.pods;
      drain.status = status;
      drain.most = Math.max(drain.most, evictable + terminating + status.pods.gone);
      if (drain.startedAt !== undefined) drain.phase = stopping ? 'stopping' : phaseOf(status);
    },

    shown: (): WatchedDrain[] => [...drains.values()].map(watched),
  };

  function hearTick(drain: Known, output: Extract<DrainEvent, { kind: 'tick' }>['output']): void {
    if (output.status !== 'again') return;
    drain.nextLookAt = now() + output.waitSeconds * 1000;
    drain.text = output.summary.text;
  }
}

/** By what is left on the node: a tick tells only at its end. */
function phaseOf({ pods, phase }: DrainStatus): string {
  if (phase === 'stopping') return 'stopping';
  return pods.evictable + pods.terminating > 0 ? 'evicting' : 'detaching';
}

function watched({ node, startedAt, endedAt, phase, tone, text, nextLookAt, most, status }: Known): WatchedDrain {
  const left = endedAt === undefined || tone === 'bad' ? (status?.pods.evictable ?? 0) : 0;
  const terminating = endedAt === undefined || tone === 'bad' ? (status?.pods.terminating ?? 0) : 0;
  const heartbeat = status?.heartbeatAt;
  const deadline = status?.endsAt;
  return {
    node,
    phase,
    tone,
    startedAt,
    pods: { left, terminating, gone: Math.max(0, most - left - terminating) },
    blocked: endedAt === undefined ? (status?.blocked ?? []) : [],
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(text === undefined ? {} : { text }),
    ...(nextLookAt === undefined ? {} : { nextLookAt }),
    ...(deadline === undefined ? {} : { deadlineAt: Date.parse(deadline) }),
    ...(heartbeat === undefined ? {} : { heartbeatAt: Date.parse(heartbeat) }),
  };
}
