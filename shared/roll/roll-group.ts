import { takeSteps } from './act.ts';
import { decideRoll } from './decide.ts';
import { createDrains, type Drains } from './drains.ts';
import { observeRoll } from './observe.ts';
import { createPacer } from './pacer.ts';
import type { RollEnd } from './roll-event.ts';
import { createMemory } from './roll-memory.ts';
import type { RollPorts } from './roll-ports.ts';
import type { RollOptions } from './roll-request.ts';
import type { RollDecision, RollPlan, RollStep, StopReason } from './roll-step.ts';
import type { RollObservation } from './standing.ts';
import { tellChanges } from './tell-changes.ts';

export interface RollSignals {
  /** Stops the roll and takes back what it did. */
  stop: AbortSignal;
  /** Ends it where it is: the next one of the same command goes on from there. */
  signal: AbortSignal;
  /** Only the plan. */
  dryRun: boolean;
}

const mostFailures = 5;

/**
 * Replaces the old instances of a group look by look: each observes, decides and acts, and all that the next one needs is in the group and
 * its nodes. Throws what it failed with before anything was changed, and the reason of `signal`.
 */
export async function rollGroup(options: RollOptions, ports: RollPorts, signals: RollSignals): Promise<RollEnd> {
  const ending = new AbortController();
  const signal = AbortSignal.any([signals.signal, ending.signal]);
  const memory = createMemory(ports.newId());
  const pacer = createPacer(ports.clock, signal);
  const drains = createDrains(memory, ports, pacer.wake);
  try {
    return await roll({ options, memory, pacer, drains, ports, ...signals, signal });
  } finally {
    // Whatever ended it: no drain goes on without it.
    ending.abort(new Error('the roll has ended'));
    await drains.over();
  }
}

interface Roll extends RollSignals {
  options: RollOptions;
  memory: ReturnType<typeof createMemory>;
  pacer: ReturnType<typeof createPacer>;
  drains: Drains;
  ports: RollPorts;
}

async function roll({ options, memory, pacer, drains, ports, stop, signal, dryRun }: Roll): Promise<RollEnd> {
  const { clock, tell } = ports;
  const { groupName } = options;
  let stopping: StopReason | undefined;
  let plan: RollPlan | undefined;
  let failures = 0;

  const end = (outcome: RollEnd['outcome'], more: Partial<RollEnd> = {}): RollEnd => {
    const reason = stopping && { reason: stopping };
    return { outcome, ...(plan && { plan }), ...reason, terminated: memory.terminated, ...more };
  };
  const stopFor = (reason: StopReason) => {
    stopping = reason;
    memory.waiting = undefined;
    tell({ at: clock.now(), kind: 'stop', reason });
  };
  const act = (steps: readonly RollStep[]) => {
    const until = stopping ? signal : AbortSignal.any([stop, signal]);
    return takeSteps(steps, memory, { groupName, beginDrain: (step) => drains.begin(step, until) }, ports, signal);
  };
  const finished = (hadMark: boolean): RollEnd['outcome'] => {
    if (stopping) return stopping.code === 'stopped' ? 'stopped' : 'failed';
    if (!hadMark) return 'nothing-to-do';
    return options.undo ? 'undone' : 'rolled';
  };

  const follow = async (seen: RollObservation, decision: RollDecision): Promise<RollEnd | undefined> => {
    switch (decision.do) {
      case 'refuse':
        return end('refused', { reason: decision.reason });
      case 'give-up':
        return end('failed', stopping ? { left: decision.reason } : { reason: decision.reason });
      case 'stop':
        return void stopFor(decision.reason);
      case 'wait':
        if (memory.waiting?.key !== decision.key) {
          memory.waiting = { key: decision.key, since: seen.now };
          tell({ at: seen.now, kind: 'wait', text: decision.text });
        }
        return void (await pacer.rest(stopping ? undefined : stop));
      case 'finish':
        await act(decision.steps);
        return end(finished(decision.steps.length > 0), decision.left && { left: decision.left });
      case 'begin':
        plan = decision.plan;
        tell({ at: seen.now, kind: 'plan', plan });
        if (dryRun) return end('planned');
    }
    await act(decision.steps);
    return void (await pacer.settle());
  };

  for (;;) {
    signal.throwIfAborted();
    if (stop.aborted && !stopping) stopFor({ code: 'stopped', text: 'stopped by hand' });
    try {
      const seen = await observeRoll(options, memory, ports, signal);
      if (!seen) return end('refused', { reason: { code: 'no-group', text: `there is no group ${groupName}` } });
      tellChanges(seen, memory, tell);
      const decision = decideRoll(seen, stopping !== undefined);
      if (dryRun && decision.do !== 'refuse' && decision.do !== 'begin' && decision.do !== 'finish')
        return end('planned');
      const over = await follow(seen, decision);
      if (over) return over;
      failures = 0;
    } catch (error) {
      signal.throwIfAborted();
      if (!memory.mark) throw error;
      failures += 1;
      const text = error instanceof Error ? error.message : String(error);
      tell({ at: clock.now(), kind: 'trouble', text });
      if (failures >= mostFailures) {
        const reason = { code: 'trouble', text };
        if (stopping) return end('failed', { left: reason });
        failures = 0;
        stopFor(reason);
      }
      await pacer.rest(undefined);
    }
  }
}
