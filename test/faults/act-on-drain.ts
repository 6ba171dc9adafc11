import { isHookAction } from '../../shared/lifecycle/action.ts';
import type { Drain } from './drain.ts';
import { annotate, claim, editNode, setReady } from './edit-node.ts';
import type { DrainEvent, EventOf } from './event.ts';
import { runTick } from './run-tick.ts';
import type { World } from './world.ts';

/** What each event does to a drain, its node or its instance. */
export const actOnDrain: { [Name in DrainEvent['is']]: (drain: Drain, event: EventOf<Name>, world: World) => void } = {
  'tick-killed': ({ current }, { noticedAfter }) => current?.kill(noticedAfter),
  'tick-frozen'({ current }, { seconds }, { clock }) {
    if (current && !current.ended) current.frozenUntil = Math.max(current.frozenUntil, clock.now() + seconds * 1000);
  },
  'tick-doubled'(drain, _event, world) {
    if (drain.input && !drain.result) runTick(world, drain, drain.input, ' (double)');
  },
  'tick-given-up'({ current }) {
    if (current && !current.ended) current.tell({ error: new Error('given up') });
  },
  'wait-overslept'(drain, { seconds }) {
    drain.oversleep = seconds;
  },
  'node-deleted'(drain, _event, { cluster }) {
    drain.fate.nodeAtLast = cluster.get('nodes', drain.nodeName) ?? drain.fate.nodeAtLast;
    cluster.remove('nodes', drain.nodeName);
  },
  'node-uncordoned'(drain, _event, world) {
    drain.fate.uncordoned = true;
    editNode(world, drain.index, ({ spec }) => ({ spec: { ...spec, unschedulable: false } }));
  },
  'node-annotated': ({ index }, _event, world) =>
    annotate(world, index, 'example.com/other', String(world.clock.now())),
  'node-silent'({ index }, { forSeconds }, world) {
    setReady(world, index, 'Unknown');
    void world.sleep(forSeconds).then(() => setReady(world, index, 'True'));
  },
  'hook-resolved'(drain, _event, world) {
    if (drain.action && isHookAction(drain.action) && isWaiting(drain, world))
      world.scaling.completeAction(drain.action, 'CONTINUE');
  },
  'instance-returns'(drain, { to }, world) {
    if (!isWaiting(drain, world)) return;
    world.scaling.addInstance(drain.groupName, drain.instanceId);
    if (to !== 'InService') world.states.set(drain.instanceId, to);
    drain.fate.returnedAt = world.clock.now();
  },
  'stop-asked'(drain, { choice }, world) {
    if (drain.fate.returnedAt !== undefined) return;
    drain.fate.stopAsked = drain.fate.stopAsked === 'complete' ? 'complete' : choice;
    annotate(world, drain.index, 'eks-node-lifecycle.io/stop', choice);
  },
  'sooner-deadline'(drain, { inSeconds }, world) {
    if (drain.fate.returnedAt !== undefined) return;
    const at = world.clock.now() + inSeconds * 1000;
    drain.fate.soonerAt = Math.min(drain.fate.soonerAt ?? Number.POSITIVE_INFINITY, at);
    annotate(world, drain.index, 'eks-node-lifecycle.io/deadline', new Date(at).toISOString());
  },
  'foreign-claim'(drain, { ageSeconds, renewsFor }, world) {
    drain.fate.claimedByOther = true;
    claim(world, drain.index, ageSeconds, world.clock.now() + renewsFor * 1000);
  },
};

function isWaiting({ instanceId }: Drain, { scaling }: World): boolean {
  return scaling.instance(instanceId)?.lifecycleState === 'Terminating:Wait';
}
