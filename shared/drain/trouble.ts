import type { ApiFailure } from '../lifecycle/api-failure.ts';
import { type TroubleKind, troubleEnd } from '../lifecycle/ends.ts';
import { nextLookSeconds } from '../lifecycle/next-look.ts';
import { noteEntry } from '../lifecycle/report-draft.ts';
import { drainId, type Session, type Turn } from './session.ts';
import { timesOf } from './times.ts';

/** The cluster does not answer, does not know us, or does not let us: come again, and after a while go on without it. */
export function inTrouble(session: Session, kind: TroubleKind, doing: string, failure: ApiFailure): Turn {
  const { state, report, settings, ports, input } = session;
  const now = ports.clock.now();
  const text = `${doing}: ${failure.code === undefined ? '' : `HTTP ${failure.code} `}${failure.message}`;
  const isNew = state.troubleKind !== kind;
  state.troubleSince ??= now;
  state.troubleKind = kind;
  if (state.trouble !== text) noteEntry(report, kind, text, now);
  state.trouble = text;
  const seconds = (now - state.troubleSince) / 1000;
  // At once, while someone can still help.
  if (isNew) {
    ports.metrics.add('ClusterTrouble', 'Count', 1, { Kind: kind });
    if (state.clusterName !== null) ports.metrics.add('ClusterTrouble', 'Count', 1, { Cluster: state.clusterName });
  }
  ports.log[isNew ? 'error' : 'warn']('cluster trouble', { drain: drainId(input), kind, text, seconds });
  const givesUpAt = Math.min(state.troubleSince + settings.policy.unreachableSeconds * 1000, timesOf(session).endsAt);
  if (now >= givesUpAt) return { end: troubleEnd(kind, seconds, text) };
  return { again: nextLookSeconds(state.troubleSince, [givesUpAt], now), phase: 'resolving', text };
}

/** Of a call that reads: not known to the cluster (401), known without the right (403), or no usable answer. */
export function readTrouble(failure: ApiFailure): TroubleKind {
  return failure.code === 401 || failure.code === 403 ? 'not-mapped' : 'cluster-unreachable';
}

/** Once the pods can be followed, which comes last: a cluster that only lets us find and mark the node is no better than one that does not. */
export function outOfTrouble({ state }: Session): void {
  state.troubleSince = null;
  state.trouble = null;
  state.troubleKind = null;
}
