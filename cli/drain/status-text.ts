import type { DrainStatus } from '../../shared/manual/drain-status.ts';
import type { WatchedDrain } from './screen.ts';

const tones: Record<DrainStatus['phase'], WatchedDrain['tone']> = {
  none: 'waiting',
  queued: 'waiting',
  draining: 'working',
  stopping: 'working',
  silent: 'bad',
  ended: 'good',
};
const words: Record<DrainStatus['phase'], string> = {
  none: 'no drain',
  queued: 'waiting',
  draining: 'draining',
  stopping: 'stopping',
  silent: 'silent',
  ended: 'ended',
};

/** What a look at a node's mark and pods tells of its drain. */
export function watchedStatus(status: DrainStatus): WatchedDrain {
  const { node, phase, startedAt, endsAt, heartbeatAt, pods, blocked, ended, cordoned, byHand, seenAt } = status;
  const text = [
    ...(phase === 'none' ? [cordoned ? 'cordoned, but not by a drain of ours' : 'not cordoned'] : []),
    ...(phase === 'queued' ? ['cordoned; its turn has not come'] : []),
    ...(phase === 'silent'
      ? [`no sign for ten minutes: whoever drained it is gone; enl drain stop ${node} takes its marks back`]
      : []),
    ...(ended === undefined ? [] : [ended]),
    ...(phase === 'draining' && !byHand ? ['its instance goes'] : []),
  ].join('; ');
  const { evictable, terminating, gone } = pods;
  const begun = phase === 'draining' || phase === 'stopping' || phase === 'silent';
  return {
    node,
    phase: words[phase],
    tone: tones[phase],
    startedAt: begun && startedAt !== undefined ? Date.parse(startedAt) : undefined,
    pods: { gone, left: evictable, terminating },
    blocked: phase === 'none' || phase === 'ended' ? [] : blocked,
    ...(text && { text }),
    ...(endsAt === undefined ? {} : { deadlineAt: Date.parse(endsAt) }),
    ...(begun && seenAt !== undefined && phase !== 'silent' && { seenAt: Date.parse(seenAt) }),
    ...(heartbeatAt === undefined ? {} : { heartbeatAt: Date.parse(heartbeatAt) }),
    ...(phase === 'ended' && { endedAt: Date.parse(seenAt ?? '') }),
  };
}
