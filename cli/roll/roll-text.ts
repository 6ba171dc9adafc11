import type { RollEnd, RollEvent } from '../../shared/roll/roll-event.ts';
import type { RollOptions } from '../../shared/roll/roll-request.ts';
import type { RollPlan, RollStep, StopReason } from '../../shared/roll/roll-step.ts';

const shown = 10;

/** One event as a line, or lines; undefined: nothing that a person wants to see. */
export function rollText(event: RollEvent): string | undefined {
  switch (event.kind) {
    case 'plan':
      return planText(event.plan);
    case 'resumed':
      return `going on with roll ${event.rollId}, begun ${new Date(event.startedAt).toISOString()}: ${old(event.old)} left`;
    case 'step':
      return stepText(event.step);
    case 'wait':
      return `waiting   ${event.text}`;
    case 'drained': {
      const { node, answer } = event;
      if (answer.reason === 'aborted') return `stopped   ${node}: ${answer.text}`;
      return answer.ok ? `drained   ${node}: ${answer.text}` : `FAILED    ${node}: ${answer.text} (${answer.reason})`;
    }
    case 'gone':
      return `gone      ${event.instanceId}; ${old(event.old)} left`;
    case 'stop':
      return [`stopping  ${event.reason.text}`, ...nextOf(event.reason), 'What was begun is taken back.'].join('\n');
    case 'trouble':
      return `trouble   ${event.text}; trying again`;
  }
}

export function planText({ old: instances, desired, surge, atOnce, raisesMaxTo, target }: RollPlan): string {
  const more = instances.length - shown;
  return [
    `${old(instances.length)} of ${desired} to replace by ${target}:`,
    ...instances
      .slice(0, shown)
      .map(({ instanceId, node, zone, why }) => `  ${instanceId}  ${node ?? '(no node)'}  ${zone}  ${why}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    surge > 0
      ? `Desired capacity goes from ${desired} to ${desired + surge} meanwhile; ${atOnce} at once.`
      : `No surge: ${atOnce} at once, drained first and replaced then.`,
    ...(raisesMaxTo === undefined ? [] : [`The maximum goes up to ${raisesMaxTo} meanwhile.`]),
  ].join('\n');
}

function stepText(step: RollStep): string | undefined {
  switch (step.kind) {
    case 'mark':
      return undefined;
    case 'suspend':
      return `suspend   ${step.process}`;
    case 'resume':
      return `resume    ${step.process}`;
    case 'set-max':
      return `maximum   ${step.max}`;
    case 'set-desired':
      return `desired   ${step.from} -> ${step.to}`;
    case 'cordon':
    case 'uncordon':
      return `${step.kind.padEnd(9)} ${step.node}`;
    case 'drain':
      return `drain     ${step.node} (${step.why})`;
    case 'terminate': {
      const then = step.decrement ? 'desired goes down with it' : 'a new one takes its place';
      return `terminate ${step.instanceId}${step.node ? ` (${step.node})` : ''}: ${then}`;
    }
  }
}

/** What became of it, and the next step where there is one. */
export function rollSummary({ groupName }: Pick<RollOptions, 'groupName'>, end: RollEnd, milliseconds: number): string {
  const { outcome, reason, left, terminated } = end;
  const count = `${terminated.length} ${terminated.length === 1 ? 'instance' : 'instances'}`;
  const heads: Record<RollEnd['outcome'], string> = {
    rolled: `${groupName} is rolled: ${count} replaced in ${durationText(milliseconds)}.`,
    'nothing-to-do': `${groupName}: nothing to do.`,
    planned: `${groupName}: nothing was changed.`,
    undone: `${groupName}: what was left of the roll is taken back.`,
    failed: `${groupName} is not rolled: ${reason?.text ?? 'it failed'}. ${count} terminated before.`,
    refused: `${groupName} is not rolled: ${reason?.text ?? 'refused'}.`,
    stopped: `${groupName}: stopped; ${count} terminated before.`,
  };
  const undo = `Go on with the same command, or take it back: enl roll --asg ${groupName} --undo`;
  return [
    heads[outcome],
    ...(reason ? nextOf(reason) : []),
    ...(left
      ? [`Left as it is: ${left.text}.`, ...(left.next ? nextOf(left) : outcome === 'rolled' ? [] : [undo])]
      : []),
    '',
  ].join('\n');
}

const nextOf = ({ next }: StopReason): string[] => (next ? [next] : []);
const old = (count: number) => `${count} old ${count === 1 ? 'instance' : 'instances'}`;

function durationText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
