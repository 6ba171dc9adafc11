import type { EndReason } from '../../../shared/lifecycle/end.ts';
import type { Drain } from '../drain.ts';
import { besides, idOf, readMark } from '../marks.ts';
import type { NoticeSpec } from '../scenario.ts';
import type { World } from '../world.ts';

const anyEnd: readonly EndReason[] = [
  'no-node',
  'cluster-unreachable',
  'not-mapped',
  'mark-refused',
  'already-resolved',
  'aborted',
  'ignored',
];
const drainEnds: readonly EndReason[] = ['drained', 'drained-not-detached', 'deadline'];

function endsOf(notice: NoticeSpec | undefined): readonly EndReason[] {
  if (!notice) return [...anyEnd, ...drainEnds, 'drained-forced'];
  if (!notice.isTrue) return ['ignored'];
  const { kind, does } = notice;
  if (does === 'warn') return [...anyEnd, 'warned'];
  if (does === 'cordon') return [...anyEnd, 'cordoned', 'handed-over'];
  return [...anyEnd, ...drainEnds, 'handed-over', ...(kind === 'rebalance' ? [] : ['drained-forced' as const])];
}

/** Each drain ends as its kind may, and what stands on the node in the end is what the ends say. */
export function noticesEndAsTheyMay(world: World): void {
  for (const drain of world.drains) {
    const end = drain.result?.done?.end;
    if (!end) continue;
    const violate = (text: string) =>
      world.journal.violate('each drain ends as its kind may', world.clock.now(), `${idOf(drain)}: ${text}`);
    if (!endsOf(drain.notice).includes(end.reason)) violate(`${end.reason}: ${end.text}`);
    if (drain.notice && end.completion !== null) violate(`${end.reason} completes with ${end.completion}`);
  }
  for (const drain of world.drains)
    if (!drain.notice && besides(world, drain.index).length > 0) marksSayTheEnds(world, drain);
}

const staysClosed: readonly string[] = [...drainEnds, 'drained-forced', 'cordoned'];

function marksSayTheEnds(world: World, hooked: Drain): void {
  const { cluster, journal, clock, scenario } = world;
  const { nodeName, fate, index } = hooked;
  const node = cluster.get('nodes', nodeName);
  if (!node || fate.returnedAt !== undefined || fate.claimedByOther) return;
  const violate = (text: string) =>
    journal.violate('the marks say what the ends say', clock.now(), `${nodeName}: ${text}`);
  const mark = readMark(node);
  const drains = world.drains.filter((drain) => drain.index === index);
  const holder = drains.find((drain) => idOf(drain) === mark?.drain);
  const ends = drains.map(({ result }) => result?.done?.end.reason ?? 'failed');
  if (mark && !holder) violate(`it carries the mark of ${mark.drain}, which is none of its drains`);
  const stopped = drains.filter(({ notice, result }) => notice && result?.done?.end.reason === 'aborted');
  // Whoever is certain to go stays marked, also when its drain was stopped.
  const isCertain = ({ notice }: Drain) => notice?.kind === 'spot-interruption' || notice?.kind === 'state-change';
  const staysMarked = stopped.some((drain) => isCertain(drain) && drain.seen.markedAt !== undefined);
  if (stopped.every(isCertain) && (staysMarked || ends.some((end) => staysClosed.includes(end)))) {
    if (!mark) violate(`it carries no mark after ${ends.join(', ')}`);
    if (!node.spec.unschedulable && !fate.uncordoned) violate(`it is open after ${ends.join(', ')}`);
  }
  if (
    drains.every(({ seen }) => seen.markedAt === undefined) &&
    Boolean(node.spec.unschedulable) !== scenario.nodes[index]?.cordoned
  ) {
    violate('it was closed by a drain that never marked it');
  }
  const done = holder?.result?.done?.end;
  if (scenario.events.length === 0 && mark && done && mark.ended !== done.reason)
    violate(`its mark says ${mark.ended}, and its drain ended with ${done.reason}`);
}
