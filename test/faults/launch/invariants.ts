import { noteServed, short, stackOf } from '../note-served.ts';
import type { Onlooker } from '../stage.ts';
import { completionIsLawful, endSaysWhatWasDone } from './completion.ts';
import { hearAnswer, hearFrame } from './heard.ts';
import { nodePatchIsLawful } from './node.ts';
import type { LaunchTick, LaunchWorld } from './world.ts';

export function launchOnlooker(world: LaunchWorld): Onlooker<LaunchTick> {
  const { clock, journal } = world;
  return {
    sent(tick, { method, path }) {
      if (tick.ended) journal.violate('nothing after the answer', clock.now(), `${tick.name} sends ${method} ${path}`);
    },
    served(served) {
      const { verb, resource, tick, at } = served;
      if (verb === 'get' || verb === 'list') return;
      noteServed(world, served);
      const what = `${verb} ${resource}`;
      if (what !== 'patch nodes' && what !== 'create events')
        journal.violate('only lawful writes', at, `${tick.name}: ${what} ${served.name}`);
      nodePatchIsLawful(world, served);
    },
    answered(answered) {
      const { tick, request, response, call, at } = answered;
      hearAnswer(answered);
      if (call === 'reading a Node' && response && response.status < 300) world.answeredAt = at;
      if (call !== 'writing an Event' && (!response || response.status >= 400)) {
        const said = `${tick.name} hears ${response?.status ?? 'nothing'} of ${request.method} ${short(request.path)}`;
        journal.note(at, said);
      }
    },
    frame(tick, request, frame) {
      world.answeredAt = clock.now();
      hearFrame(tick, request, frame, clock.now());
    },
    scaled(called) {
      const { tick, operation, given, result, at } = called;
      if (operation === 'completeAction' || result === 'no-active-action')
        journal.note(at, `${tick.name} calls ${operation}${given ? ` ${given}` : ''}: ${result}`);
      if (operation === 'completeAction') completionIsLawful(world, called);
    },
  };
}

/** A tick ended with an error that no abort explains: only AWS may cause one. */
export function onLaunchThrown({ journal, clock }: LaunchWorld, tick: LaunchTick, error: unknown): void {
  if (tick.excused) return;
  journal.violate('a tick throws only for what it cannot explain', clock.now(), `${tick.name}: ${stackOf(error)}`);
}

/** The launch is over, and all its ticks. */
export function onLaunchEnd(world: LaunchWorld): void {
  endSaysWhatWasDone(world);
}
