import cliProgress from 'cli-progress';
import wrapAnsi from 'wrap-ansi';
import type { Diagnosis } from '../../shared/lifecycle/diagnosis.ts';
import type { Paper } from '../output/live.ts';
import { counted, duration, firstOf } from '../output/words.ts';

/** One drain as a person watches it. Instants are epoch milliseconds. */
export interface WatchedDrain {
  node: string;
  /** For example `waiting`, `evicting`, `detaching`, `stopping`, `drained`. */
  phase: string;
  tone: 'waiting' | 'working' | 'good' | 'bad';
  startedAt: number | undefined;
  endedAt?: number;
  pods: { gone: number; left: number; terminating: number };
  blocked: readonly Diagnosis[];
  /** When it last gave a sign; said where it is not known when it looks next. */
  seenAt?: number;
  /** What is said of it beside the rest. */
  text?: string;
  nextLookAt?: number;
  deadlineAt?: number;
  heartbeatAt?: number;
}

const styles = { waiting: 'dim', working: 'cyan', good: 'green', bad: 'red' } as const;
const barColumns = 24;
const mostBlocked = 5;
/** As good as none. */
const farAwaySeconds = 30 * 86_400;

/** Some lines a drain: its phase and bar, what holds it and what would unblock it, when it is looked at again. */
export function drainScreen(drains: readonly WatchedDrain[], now: number, paper: Paper): string[] {
  const { style, columns } = paper;
  const width = Math.max(0, ...drains.map(({ node }) => node.length));
  const phaseWidth = Math.max(0, ...drains.map(({ phase }) => phase.length));
  return drains.flatMap((drain) => {
    const { node, phase, tone, text, startedAt, endedAt } = drain;
    const name = style('bold', node.padEnd(width));
    const took =
      startedAt === undefined ? '' : `${barOf(drain, columns)}  ${duration(((endedAt ?? now) - startedAt) / 1000)}`;
    return [
      `${name}  ${style(styles[tone], phase.padEnd(phaseWidth))}  ${took}`.trimEnd(),
      ...(isSaid(drain) ? broken(style(tone === 'bad' ? 'red' : 'dim', text ?? ''), columns) : []),
      ...blockedLines(drain, paper),
      ...(endedAt === undefined ? timesLine(drain, now, paper) : []),
    ];
  });
}

/** What holds a drain is said by cause, and once. */
export function isSaid({ text, blocked, endedAt }: WatchedDrain): boolean {
  return text !== undefined && (blocked.length === 0 || endedAt !== undefined);
}

function barOf(drain: WatchedDrain, columns: number): string {
  const { gone, left, terminating } = drain.pods;
  const total = gone + left + terminating;
  const barsize = columns < 100 ? barColumns / 2 : barColumns;
  const glyphs = { barCompleteString: '█'.repeat(barsize), barIncompleteString: '░'.repeat(barsize), barGlue: '' };
  const bar = cliProgress.Format.BarFormat(progressOf(drain, total), {
    barsize,
    ...glyphs,
  } as cliProgress.Options);
  return `${bar}  ${gone}/${counted(total, 'pod')}`;
}

/** Nothing is done before the pods are known, and a node that is drained may never have had any. */
function progressOf({ tone, pods: { gone } }: WatchedDrain, total: number): number {
  if (total > 0) return gone / total;
  return tone === 'good' ? 1 : 0;
}

function blockedLines({ blocked }: WatchedDrain, { style, columns }: Paper): string[] {
  const rest = blocked.slice(mostBlocked).reduce((sum, { count }) => sum + count, 0);
  return [
    ...blocked.slice(0, mostBlocked).flatMap(({ text, pods, count, command }) => [
      ...broken(`${style('yellow', 'held')}  ${firstOf(pods, count)}: ${text}`, columns, 6),
      // Never broken: it is there to be copied.
      ...(command === undefined ? [] : [`        ${style('dim', '$')} ${command}`]),
    ]),
    ...(rest > 0 ? [`  ${style('yellow', 'held')}  ${counted(rest, 'pod')} by other causes`] : []),
  ];
}

function timesLine(
  { nextLookAt, deadlineAt, heartbeatAt, seenAt, pods }: WatchedDrain,
  now: number,
  { style, columns }: Paper,
): string[] {
  const seconds = (at: number) => (at - now) / 1000;
  const parts = [
    ...(pods.terminating > 0 ? [`${counted(pods.terminating, 'pod')} terminating`] : []),
    ...lookPart(nextLookAt, seenAt, now),
    ...(deadlineAt === undefined || seconds(deadlineAt) > farAwaySeconds
      ? []
      : [`deadline ${inWords(seconds(deadlineAt))}`]),
    ...(heartbeatAt === undefined ? [] : [`heartbeat ${duration(-seconds(heartbeatAt))} ago`]),
  ];
  return parts.length === 0 ? [] : broken(style('dim', parts.join(' · ')), columns);
}

function lookPart(nextLookAt: number | undefined, seenAt: number | undefined, now: number): string[] {
  if (nextLookAt === undefined) return seenAt === undefined ? [] : [`last sign ${duration((now - seenAt) / 1000)} ago`];
  return [nextLookAt < now ? 'looking now' : `next look in ${duration((nextLookAt - now) / 1000)}`];
}

const inWords = (seconds: number) => (seconds >= 0 ? `in ${duration(seconds)}` : `${duration(-seconds)} ago`);

function broken(text: string, columns: number, hanging = 0): string[] {
  if (!Number.isFinite(columns)) return [`  ${text}`];
  const lines = wrapAnsi(text, Math.max(20, columns - 3 - hanging), { hard: true }).split('\n');
  return lines.map((line, index) => `  ${index === 0 ? '' : ' '.repeat(hanging)}${line}`);
}
