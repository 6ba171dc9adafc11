import { forceMomentOf } from '../../shared/lifecycle/deadline.ts';
import type { VerdictKind } from '../../shared/lifecycle/verdict.ts';
import type { LogLine } from '../world/observation.ts';
import type { Told } from './line.ts';
import { type Memory, onceOnly, secondsOf } from './memory.ts';

/** What the functions say in their log. */
export function fromLog(line: LogLine, at: number, memory: Memory): Told[] {
  switch (line.message) {
    case 'event taken':
      return eventTaken(line, memory);
    case 'pod judged':
      return podJudged(line as LogLine & JudgedLine, memory);
    case 'eviction refused':
    case 'delete held back':
      return evictionRefused(line as LogLine & RefusedLine, at, memory);
    case 'pod deleted past its budget':
      return [{ mark: 'forced', text: `${line.pod}: ${line.text}`, tone: 'bad' }];
    case 'cluster trouble':
      return [{ mark: 'trouble', text: String(line.text), tone: 'bad' }];
    default:
      return [];
  }
}

function eventTaken(line: LogLine, memory: Memory): Told[] {
  const { outcome, execution, channel } = line as LogLine & { outcome: string; execution?: string; channel: string };
  const by = `by ${channelNames[channel] ?? channel}`;
  if (execution === undefined) return [{ mark: 'intake', text: `${by}: ${outcome}, ${line.text}`, tone: 'warn' }];
  if (outcome === 'started' && !memory.executions.has(execution)) {
    memory.executions.add(execution);
    const name = `named instance id + ${line.hook === undefined ? "the notice's id" : 'token'}`;
    return [{ mark: 'intake', text: `${by}: starts an execution of the state machine, ${name}` }];
  }
  const text = `${by}: the same action again; it joins the execution that there is`;
  return [{ mark: 'intake', text, tone: 'good' }];
}

const channelNames: Readonly<Record<string, string>> = { sns: 'SNS', sqs: 'SQS', eventbridge: 'EventBridge' };

interface JudgedLine {
  pod: string;
  verdict: VerdictKind;
  reason: string;
}

function podJudged({ pod, verdict, reason }: JudgedLine, memory: Memory): Told[] {
  const known = memory.pods.get(pod);
  if (known) known.verdict = verdict;
  const width = Math.max(...[...memory.pods.keys()].map((name) => name.length));
  const tone = {
    evict: 'plain',
    wait: 'plain',
    stay: 'quiet',
    ignore: 'quiet',
    stuck: 'warn',
    bounce: 'warn',
    block: 'bad',
  } as const;
  return [{ mark: 'verdict', text: `${pod.padEnd(width)}  ${verdict}  ${reason}`, tone: tone[verdict] }];
}

interface RefusedLine {
  pod: string;
  cause: string;
  text: string;
}

function evictionRefused({ pod, cause, text }: RefusedLine, at: number, memory: Memory): Told[] {
  const known = memory.pods.get(pod);
  if (!known || known.heldBy.has(cause)) return [];
  known.heldBy.add(cause);
  known.heldSince ??= at;
  const next = onceOnly(whatNext(known.object.spec, cause, at, memory), memory);
  return [{ mark: 'held', text: `${pod}: ${text}`, ...next, tone: 'warn' }];
}

const oneAtATime = 'pods of one budget are deleted past it one at a time, each after the one before is replaced';

function whatNext(spec: { terminationGracePeriodSeconds?: number }, cause: string, at: number, memory: Memory): string {
  if (cause === 'not-its-turn') return oneAtATime;
  const { policy, deadlineAt, yields } = memory;
  const wait = cause.includes('budget')
    ? 'the drain watches the budget and goes on the moment it gives way'
    : 'the drain asks again, with growing pauses';
  if (deadlineAt === undefined || policy.onDeadline !== 'force' || yields) return wait;
  const graceSeconds = spec.terminationGracePeriodSeconds ?? 30;
  const forceAt = forceMomentOf({ graceSeconds }, deadlineAt, policy);
  if (forceAt <= at) return 'no time is left to wait: the pod is deleted all the same';
  return `${wait}; if it is still refused at ${secondsOf(forceAt, memory)}, the pod is deleted all the same`;
}
